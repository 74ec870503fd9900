/** The manners of the REST API: pages, cursors, entity tags, merge patches, what can be kept. */
@NullMarked
package io.warren.platform.web;

import org.jspecify.annotations.NullMarked;
