package io.warren.provisioning.claimsheet;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClaimSheetTest {

    private static final URI ADDRESS = URI.create("https://iot.example.com:8443");
    private static final TenantId ACME = new TenantId("acme");
    private static final String TOKEN = "q9mK3w0cVZrT2yX1sL8uB7nA6dF5gH4jE0iO9pQ8rW0";
    private static final Pattern SVG = Pattern.compile("<svg viewBox=\"0 0 (\\d+) \\d+\"[^>]*><path d=\"([^\"]+)\"");
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-\\d+z");
    private static final int PIXELS = 4;

    @Test
    void aCodeSaysAllThatADeviceNeeds() throws ReaderException {
        String page = new ClaimSheet(ADDRESS, ACME, "pumps").html(List.of(claim("pump-17")));

        assertThat(decoded(page))
                .containsExactly(
                        "warren:claim?u=https%3A%2F%2Fiot.example.com%3A8443&t=acme&k=" + TOKEN + "&d=pump-17");
    }

    @Test
    void aTokenForAnyDeviceNamesNone() throws ReaderException {
        String page = new ClaimSheet(ADDRESS, ACME, "pumps").html(List.of(claim(null)));

        assertThat(decoded(page))
                .singleElement()
                .satisfies(text -> assertThat(text).endsWith("&k=" + TOKEN));
        assertThat(page).contains("any device");
    }

    @Test
    void eachTokenHasItsLabel() throws ReaderException {
        List<Claims.Claim> claims = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            claims.add(claim("pump-" + i));
        }
        String page = new ClaimSheet(ADDRESS, ACME, "pumps").html(claims);

        assertThat(decoded(page)).hasSize(30).doesNotHaveDuplicates();
        assertThat(page.split("<section", -1)).hasSize(4);
        assertThat(page.split("</section>", -1)).hasSize(4);
    }

    @Test
    void nothingThatAnybodyWroteIsMarkup() {
        String evil = "<script>alert(1)</script>\"'&";
        String page = new ClaimSheet(URI.create("https://x.example/?a=%3Cb%3E&c='d'"), ACME, evil)
                .html(List.of(new Claims.Claim(evil, null, evil, "warren:claim?", null)));

        assertThat(page).doesNotContain("<script").doesNotContain("'d'").contains("&lt;script&gt;");
    }

    @Test
    void thePageLoadsNothing() {
        String page = new ClaimSheet(ADDRESS, ACME, "pumps").html(List.of(claim("pump-17")));
        assertThat(page)
                .doesNotContain("src=")
                .doesNotContain("href=")
                .doesNotContain("url(")
                .doesNotContain("@import");
    }

    @Test
    void aSheetForSpreadsheetsHasALineForEach() {
        assertThat(ClaimCsv.of(List.of(claim("pump-17"), claim(null))).lines())
                .containsExactly(
                        "id,deviceId,claimToken,claimUri,expiresAt",
                        "e-1,pump-17," + TOKEN + "," + uri("pump-17") + ",2027-01-01T00:00:00Z",
                        "e-1,," + TOKEN + "," + uri(null) + ",2027-01-01T00:00:00Z");
    }

    private static Claims.Claim claim(@Nullable String device) {
        return new Claims.Claim(
                "e-1",
                device == null ? null : new DeviceId(device),
                TOKEN,
                uri(device),
                Instant.parse("2027-01-01T00:00:00Z"));
    }

    private static String uri(@Nullable String device) {
        return ClaimUri.of(ADDRESS, ACME, TOKEN, device == null ? null : new DeviceId(device));
    }

    /** Paints the codes of a page as a camera sees them, and reads them. */
    private static List<String> decoded(String page) throws ReaderException {
        List<String> texts = new ArrayList<>();
        Matcher codes = SVG.matcher(page);
        while (codes.find()) {
            int side = Integer.parseInt(codes.group(1)) * PIXELS;
            int[] picture = new int[side * side];
            Arrays.fill(picture, 0xffffff);
            Matcher runs = RUN.matcher(codes.group(2));
            while (runs.find()) {
                int x = Integer.parseInt(runs.group(1)) * PIXELS;
                int y = Integer.parseInt(runs.group(2)) * PIXELS;
                int width = Integer.parseInt(runs.group(3)) * PIXELS;
                for (int line = y; line < y + PIXELS; line++) {
                    Arrays.fill(picture, line * side + x, line * side + x + width, 0);
                }
            }
            LuminanceSource source = new RGBLuminanceSource(side, side, picture);
            texts.add(new QRCodeReader()
                    .decode(new BinaryBitmap(new HybridBinarizer(source)))
                    .getText());
        }
        return texts;
    }
}
