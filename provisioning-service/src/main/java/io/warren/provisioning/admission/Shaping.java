package io.warren.provisioning.admission;

import com.google.re2j.Pattern;
import io.warren.contracts.device.DeviceId;
import io.warren.provisioning.policy.EnrollmentPolicy;
import io.warren.provisioning.policy.Naming;
import io.warren.provisioning.template.Template;
import io.warren.provisioning.template.TemplateProblem;
import io.warren.provisioning.template.TemplatedTree;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * What a device is called and begins with follows from what is known of it, by the templates of its enrolment. Its name is what it
 * was called first.
 */
@Component
@Order(AdmissionStep.SHAPING)
class Shaping implements AdmissionStep {

    @Override
    public Ruling rule(Candidate candidate) {
        EnrollmentPolicy policy = candidate.policy();
        if (policy.naming() == null && policy.tags().isEmpty() && policy.state() == null) {
            return Ruling.pass(candidate);
        }
        JsonNode facts = candidate.attested().facts().tree();
        try {
            DeviceId device = policy.naming() == null || candidate.named()
                    ? candidate.grant().device()
                    : name(policy.naming(), candidate.grant().device(), facts);
            return new Ruling.Pass(new Grant(
                    device,
                    policy.deviceType(),
                    TemplatedTree.render(policy.tags(), facts, "/tags"),
                    policy.state() == null ? null : TemplatedTree.render(policy.state(), facts, "/state")));
        } catch (TemplateProblem | IllegalArgumentException e) {
            return Ruling.refuse(candidate, String.valueOf(e.getMessage()));
        }
    }

    private static DeviceId name(Naming naming, DeviceId own, JsonNode facts) {
        String name = naming.template() == null
                ? own.value()
                : Template.parse(naming.template()).render(facts);
        if (naming.pattern() != null && !Pattern.matches(naming.pattern(), name)) {
            throw new IllegalArgumentException("The device id " + name + " is not like " + naming.pattern());
        }
        return new DeviceId(name);
    }
}
