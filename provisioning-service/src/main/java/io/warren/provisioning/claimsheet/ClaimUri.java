package io.warren.provisioning.claimsheet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * What stands in a QR code: all that a device needs to register, {@code warren:claim?u={address}&t={tenant}&k={claim token}} and, where
 * the token is for one device only, {@code &d={device}}. Values are percent-encoded (RFC 3986).
 */
final class ClaimUri {

    private ClaimUri() {}

    /**
     * The text of a code.
     *
     * @param address where devices reach this platform
     */
    static String of(URI address, TenantId tenant, String token, @Nullable DeviceId device) {
        String text = "warren:claim?u=" + encode(address.toString()) + "&t=" + tenant + "&k=" + encode(token);
        return device == null ? text : text + "&d=" + device;
    }

    private static String encode(String value) {
        return UriUtils.encode(value, UTF_8);
    }
}
