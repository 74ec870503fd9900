package io.warren.provisioning.attestation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is known of a device that has proven itself: what templates, expressions and hooks see. Only the certificate, the manifest's
 * row, the door and the address are more than the device's own word.
 *
 * @param registrationId what the device calls itself
 * @param identifiers what it is known by physically
 * @param certificate of its proof: {@code subject}, {@code san}, {@code serial}, {@code issuer}, {@code sha256}; absent without one
 * @param manifest the attributes of its row in a manifest; absent without one
 * @param door what it came through
 * @param address where it came from; absent if that is not known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Facts(
        String registrationId,
        Map<String, String> identifiers,
        @Nullable String hardwareVersion,
        @Nullable String firmwareVersion,
        @Nullable JsonNode certificate,
        @Nullable JsonNode manifest,
        DoorName door,
        @Nullable String address) {

    /** What there is to know of any device that has proven itself. */
    public static Facts of(RegisterRequest request, String registrationId, Door door, Source source) {
        return new Facts(
                registrationId,
                request.identifiers(),
                request.hardwareVersion(),
                request.firmwareVersion(),
                null,
                null,
                new DoorName(door.kind(), door.id()),
                source.address());
    }

    /** The same with what was known before, and is left out now. */
    Facts knownBy(Map<String, String> all, @Nullable String hardwareBefore, @Nullable String firmwareBefore) {
        return new Facts(
                registrationId,
                all,
                hardwareVersion == null ? hardwareBefore : hardwareVersion,
                firmwareVersion == null ? firmwareBefore : firmwareVersion,
                certificate,
                manifest,
                door,
                address);
    }

    /** The same with what a certificate says. */
    public Facts withCertificate(JsonNode contents) {
        return new Facts(
                registrationId, identifiers, hardwareVersion, firmwareVersion, contents, manifest, door, address);
    }

    /** The same with what a manifest says. */
    public Facts withManifest(JsonNode attributes) {
        return new Facts(
                registrationId, identifiers, hardwareVersion, firmwareVersion, certificate, attributes, door, address);
    }

    /** The facts as a tree, in which what is not known is absent. */
    public ObjectNode tree() {
        return JsonMapper.shared().valueToTree(this);
    }

    /** A door as facts name it. */
    public record DoorName(Door.Kind kind, String id) {}
}
