package io.warren.provisioning.manifest;

import io.warren.contracts.device.DeviceForms;
import io.warren.contracts.device.DeviceId;
import io.warren.platform.problem.Violation;
import io.warren.platform.transfer.Row;
import io.warren.platform.web.CleanText;
import io.warren.provisioning.signedproof.PublicKeys;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest says of a secure element.
 *
 * @param element its serial number
 * @param device the device that it sits in
 * @param publicKey the public half of its key, as the base64 of a {@code SubjectPublicKeyInfo}; absent if its certificate tells
 * @param attributes whatever else is known of the device
 */
record Entry(String element, DeviceId device, @Nullable String publicKey, Map<String, String> attributes) {

    /** The most bytes of a row that says it. */
    static final int MOST_BYTES = 16 * 1024;

    /** The form of an element's serial number. */
    static final String ELEMENT = "[A-Za-z0-9._:-]{1,128}";

    private static final int MOST_ATTRIBUTES = 16;
    private static final int LONGEST_ATTRIBUTE = 256;
    private static final Pattern ELEMENT_FORM = Pattern.compile(ELEMENT);
    private static final Pattern KEY_FORM = Pattern.compile(DeviceForms.KEY);

    /** Whether a text is the serial number of an element. */
    static boolean isElement(String text) {
        return ELEMENT_FORM.matcher(text).matches();
    }

    /** An entry that is being put together. */
    static final class Draft {

        private final List<Violation> violations = new ArrayList<>();
        private final Map<String, String> attributes = new HashMap<>();
        private @Nullable String element;
        private @Nullable DeviceId device;
        private @Nullable String publicKey;

        void element(String text) {
            if (isElement(text)) {
                element = text;
            } else {
                violations.add(new Violation("/element", "a serial number has the form " + ELEMENT));
            }
        }

        void device(String text) {
            if (DeviceId.isValid(text)) {
                device = new DeviceId(text);
            } else {
                violations.add(new Violation("/deviceId", "an id has the form " + DeviceId.FORM));
            }
        }

        void publicKey(String text) {
            try {
                publicKey =
                        Base64.getEncoder().encodeToString(PublicKeys.read(text).getEncoded());
            } catch (InvalidKeyException e) {
                violations.add(new Violation("/publicKey", String.valueOf(e.getMessage())));
            }
        }

        void attribute(String key, String value) {
            String pointer = "/attributes/" + key;
            if (!KEY_FORM.matcher(key).matches()) {
                violations.add(new Violation("/attributes", "a key has the form " + DeviceForms.KEY));
            } else if (value.length() > LONGEST_ATTRIBUTE || !CleanText.Validator.isClean(value)) {
                violations.add(new Violation(pointer, "a text of at most " + LONGEST_ATTRIBUTE + " characters"));
            } else if (attributes.size() == MOST_ATTRIBUTES) {
                violations.add(new Violation("/attributes", "at most " + MOST_ATTRIBUTES));
            } else {
                attributes.put(key, value);
            }
        }

        /** Something else is wrong. */
        void violation(Violation violation) {
            violations.add(violation);
        }

        /** What came of it: the entry, or what is wrong with it. */
        Row<String, Entry> row(long line, int bytes) {
            if (element == null && violations.isEmpty()) {
                violations.add(new Violation("/element", "is missing"));
            }
            if (device == null && violations.isEmpty()) {
                violations.add(new Violation("/deviceId", "is missing"));
            }
            return element == null || device == null || !violations.isEmpty()
                    ? Row.invalid(line, element, violations)
                    : Row.of(line, element, new Entry(element, device, publicKey, Map.copyOf(attributes)), bytes);
        }
    }
}
