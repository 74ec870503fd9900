/** Who may bootstrap together: groups of devices, their keys, their deny lists and their quotas. */
@NullMarked
package io.warren.provisioning.enrollmentgroup;

import org.jspecify.annotations.NullMarked;
