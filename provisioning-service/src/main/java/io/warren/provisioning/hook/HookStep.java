package io.warren.provisioning.hook;

import io.warren.provisioning.admission.AdmissionStep;
import io.warren.provisioning.admission.Candidate;
import io.warren.provisioning.admission.Grant;
import io.warren.provisioning.admission.Ruling;
import io.warren.provisioning.inquiry.Inquiries;
import io.warren.provisioning.inquiry.Questions;
import io.warren.provisioning.inquiry.Standing;
import io.warren.provisioning.policy.Webhook;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Where an enrolment wants it, the tenant's own system has to agree, and may say what the device begins with. */
@Component
@Order(AdmissionStep.HOOK)
class HookStep implements AdmissionStep {

    private final Inquiries inquiries;
    private final HookSubject subject;
    private final Questions questions;

    HookStep(Inquiries inquiries, HookSubject subject, Questions questions) {
        this.inquiries = inquiries;
        this.subject = subject;
        this.questions = questions;
    }

    @Override
    public Ruling rule(Candidate candidate) {
        Webhook hook = candidate.policy().hook();
        if (hook == null) {
            return Ruling.pass(candidate);
        }
        return switch (inquiries.ask(candidate, subject, hook, questions.about(candidate, subject))) {
            case Standing.Unasked _ -> Ruling.pass(candidate);
            case Standing.Open _ -> new Ruling.Wait(Ruling.Reason.HOOK);
            case Standing.Refused refused -> Ruling.refuse(candidate, refused.reason());
            case Standing.Settled settled ->
                new Ruling.Pass(completed(candidate.grant(), subject.kept(settled.answer())));
        };
    }

    private static Grant completed(Grant grant, HookAnswer answer) {
        Map<String, String> tags = new HashMap<>(grant.tags());
        if (answer.tags() != null) {
            tags.putAll(answer.tags());
        }
        return new Grant(
                grant.device(),
                answer.deviceType() == null ? grant.deviceType() : answer.deviceType(),
                tags,
                answer.state() == null ? grant.state() : answer.state());
    }
}
