/** Claim tokens by the batch, as JSON, as CSV, or as a sheet with QR codes to print and cut. */
@NullMarked
package io.warren.provisioning.claimsheet;

import org.jspecify.annotations.NullMarked;
