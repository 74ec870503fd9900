/** Texts with places that are filled from what is known of a device that wants in: "${certificate.subject.cn}". */
@NullMarked
package io.warren.provisioning.template;

import org.jspecify.annotations.NullMarked;
