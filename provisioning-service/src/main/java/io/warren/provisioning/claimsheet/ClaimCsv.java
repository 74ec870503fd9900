package io.warren.provisioning.claimsheet;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.warren.provisioning.claimsheet.Claims.Claim;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * Claim tokens as CSV (RFC 4180). No cell is guarded against spreadsheets: of the letters, digits, {@code -} and {@code _} of ids and
 * tokens no formula can be made, and a token must stay as it is.
 */
final class ClaimCsv {

    private ClaimCsv() {}

    /** The lines of these tokens, below one that names the columns. */
    static String of(List<Claim> claims) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            csv.writeRecord("id", "deviceId", "claimToken", "claimUri", "expiresAt");
            for (Claim claim : claims) {
                csv.writeRecord(
                        claim.id(),
                        Objects.toString(claim.deviceId(), ""),
                        claim.claimToken(),
                        claim.claimUri(),
                        Objects.toString(claim.expiresAt(), ""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory does not fail", e);
        }
        return text.toString();
    }
}
