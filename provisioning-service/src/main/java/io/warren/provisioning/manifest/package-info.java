/** Manifests of factories: which secure element sits in which device, imported a million rows at a time, and believed by devices' proofs. */
@NullMarked
package io.warren.provisioning.manifest;

import org.jspecify.annotations.NullMarked;
