/** The manners of the REST API: pages, cursors, entity tags, merge patches. */
@NullMarked
package io.warren.platform.web;

import org.jspecify.annotations.NullMarked;
