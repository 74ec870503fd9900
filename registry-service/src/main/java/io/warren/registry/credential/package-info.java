/** What devices prove themselves with: up to two secrets and two certificates each, and tokens signed with secrets. */
@NullMarked
package io.warren.registry.credential;

import org.jspecify.annotations.NullMarked;
