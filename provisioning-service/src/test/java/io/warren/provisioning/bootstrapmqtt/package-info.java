@NullMarked
package io.warren.provisioning.bootstrapmqtt;

import org.jspecify.annotations.NullMarked;
