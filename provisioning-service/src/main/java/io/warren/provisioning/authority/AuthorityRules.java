package io.warren.provisioning.authority;

import io.warren.contracts.device.DeviceForms;
import io.warren.platform.problem.Violation;
import io.warren.platform.web.CleanText;
import io.warren.provisioning.template.Template;
import io.warren.provisioning.template.TemplateProblem;
import io.warren.provisioning.template.TemplatedTree;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is taken out of a certificate, as templates over the facts of a registration.
 *
 * @param deviceId the id of the device that it names, over the certificate alone; left out, the common name of its subject
 * @param tags the device's first tags by their keys
 */
public record AuthorityRules(
        @CleanText @Size(min = 1, max = 256) String deviceId,

        @Size(max = 64, message = "at most 64 tags")
        Map<
                        @Pattern(
                                regexp = DeviceForms.KEY,
                                message =
                                        "a tag's name has 1 to 64 characters of A-Z a-z 0-9 _ -, the first neither a digit nor -")
                        String,
                        @NotNull @CleanText @Size(max = 256, message = "at most 256 characters") String>
                tags) {

    /** What is taken when nobody says what. */
    static final AuthorityRules USUAL = new AuthorityRules(null, null);

    private static final String COMMON_NAME = "${certificate.subject.cn}";

    private static final String POINTER = "/rules";

    /** Rules, with the usual ones for what is left out. */
    public AuthorityRules(@Nullable String deviceId, @Nullable Map<String, String> tags) {
        this.deviceId = deviceId == null ? COMMON_NAME : deviceId;
        this.tags = tags == null ? Map.of() : Map.copyOf(tags);
    }

    /** What is wrong with the templates, at places in a request. */
    List<Violation> violations() {
        List<Violation> violations = new ArrayList<>(TemplatedTree.violations(Map.of("deviceId", deviceId), POINTER));
        violations.addAll(TemplatedTree.violations(tags, POINTER + "/tags"));
        return violations;
    }

    /**
     * The id of the device that a certificate names. Nothing else has a say in it: whatever a device says of itself, one certificate
     * is one device's.
     *
     * @param certificate what it says
     * @throws TemplateProblem if it does not say it
     */
    public String deviceId(ObjectNode certificate) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.set("certificate", certificate);
        return Template.parse(deviceId).render(facts);
    }
}
