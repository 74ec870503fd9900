package io.warren.provisioning.claimsheet;

import io.warren.contracts.device.TenantId;
import io.warren.provisioning.claimsheet.Claims.Claim;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * A page to print on A4 and cut: a label with a QR code for each claim token. It is complete in itself, runs nothing and loads
 * nothing.
 *
 * @param address where devices reach this platform
 * @param tenant whose devices they are
 * @param group the enrolment group that they come through
 */
record ClaimSheet(URI address, TenantId tenant, String group) {

    /** What a browser is allowed to do with the page. */
    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private static final int ON_A_PAGE = 12;

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="robots" content="noindex">
            <meta name="referrer" content="no-referrer">
            <style>
            @page { size: A4; margin: 8mm; }
            * { box-sizing: border-box; margin: 0; }
            body { font: 7pt/1.2 system-ui, sans-serif; color: #000; background: #fff; }
            .sheet { width: 194mm; height: 281mm; margin: 0 auto; display: grid; grid-template: repeat(4, 1fr) / repeat(3, 1fr);
              break-after: page; }
            .sheet:last-child { break-after: auto; }
            .label { border: 0.2mm dashed #999; margin: -0.1mm; padding: 2mm; display: flex; flex-direction: column;
              align-items: center; overflow: hidden; text-align: center; }
            .label svg { width: 38mm; height: 38mm; flex: none; }
            .label b { font-size: 8.5pt; overflow-wrap: anywhere; }
            .label code { font: 6pt/1.2 ui-monospace, monospace; overflow-wrap: anywhere; }
            @media screen { .sheet { margin: 8mm auto; box-shadow: 0 0 2mm #999; } }
            </style>
            """;

    /** The page of these tokens. */
    String html(List<Claim> claims) {
        StringBuilder page = new StringBuilder();
        page.append(HEAD);
        line(page, "title", "Claim tokens: " + tenant + " / " + group);
        page.append("\n</head>\n<body>\n");
        for (int i = 0; i < claims.size(); i++) {
            if (i % ON_A_PAGE == 0) {
                page.append(i == 0 ? "" : "</section>\n").append("<section class=\"sheet\">\n");
            }
            label(page, claims.get(i));
        }
        return page.append("</section>\n</body>\n</html>\n").toString();
    }

    private void label(StringBuilder page, Claim claim) {
        page.append("<div class=\"label\">");
        page.append(QrCode.svg(claim.claimUri()));
        page.append("<b>").append(escaped(nameOf(claim))).append("</b>");
        line(page, "p", tenant + " / " + group);
        line(page, "p", address.toString());
        if (claim.expiresAt() != null) {
            line(page, "p", "until " + claim.expiresAt());
        }
        line(page, "code", claim.claimToken());
        line(page, "code", claim.id());
        page.append("</div>\n");
    }

    private static String nameOf(Claim claim) {
        return claim.deviceId() == null ? "any device" : claim.deviceId().value();
    }

    private static void line(StringBuilder page, String element, @Nullable String text) {
        page.append('<').append(element).append('>');
        page.append(escaped(Objects.requireNonNullElse(text, "")));
        page.append("</").append(element).append('>');
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
