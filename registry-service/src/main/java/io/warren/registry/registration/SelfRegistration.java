package io.warren.registry.registration;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceId;
import io.warren.contracts.device.TenantId;
import io.warren.contracts.registry.RegistrationReply;
import io.warren.contracts.registry.RegistrationReply.Desired;
import io.warren.contracts.registry.RegistrationReply.Outcome;
import io.warren.contracts.registry.RegistrationRequest;
import io.warren.platform.database.DatabaseAway;
import io.warren.platform.database.Unstorable;
import io.warren.platform.problem.ProblemException;
import io.warren.registry.credential.CredentialIssue;
import io.warren.registry.credential.CredentialIssue.Proven;
import io.warren.registry.device.DeviceRegistration;
import io.warren.registry.device.DeviceRegistration.Admission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets devices in that provisioning vouches for: those that come together share a transaction, for a whole fleet may come at once.
 * The same request again has the same effect and the same answer.
 */
@Service
class SelfRegistration {

    private static final Logger log = LoggerFactory.getLogger(SelfRegistration.class);

    private final Applicants applicants;
    private final DeviceRegistration devices;
    private final CredentialIssue credentials;
    private final GivenStates states;
    private final TransactionTemplate transaction;

    SelfRegistration(
            Applicants applicants,
            DeviceRegistration devices,
            CredentialIssue credentials,
            GivenStates states,
            TransactionTemplate transaction) {
        this.applicants = applicants;
        this.devices = devices;
        this.credentials = credentials;
        this.states = states;
        this.transaction = transaction;
    }

    /**
     * Lets devices in. What one of them is refused for, or fails by, is no other's concern.
     *
     * @param requests some dozens at the most
     * @return an answer to each but those that failed in a way that nobody has foreseen
     */
    Map<RegistrationRequest, RegistrationReply> register(Collection<RegistrationRequest> requests) {
        Map<RegistrationRequest, RegistrationReply> replies = new HashMap<>();
        List<Applicant> readable = new ArrayList<>();
        for (RegistrationRequest request : new LinkedHashSet<>(requests)) {
            try {
                readable.add(applicants.read(request));
            } catch (IllegalArgumentException e) {
                replies.put(request, refused(e));
            } catch (RuntimeException e) {
                log.error("A request to let a device in makes no sense", e);
            }
        }
        for (List<Applicant> together : rounds(readable)) {
            replies.putAll(register(together));
        }
        return replies;
    }

    /** Cuts applicants into rounds of one tenant each, none of which has the same device twice. */
    private static Collection<List<Applicant>> rounds(List<Applicant> applicants) {
        Map<DeviceAddress, Integer> seen = new HashMap<>();
        Map<Round, List<Applicant>> rounds = new LinkedHashMap<>();
        for (Applicant applicant : applicants) {
            Round round = new Round(applicant.tenant(), seen.merge(applicant.address(), 1, Integer::sum));
            rounds.computeIfAbsent(round, _ -> new ArrayList<>()).add(applicant);
        }
        return rounds.values();
    }

    private record Round(TenantId tenant, int number) {}

    private Map<RegistrationRequest, RegistrationReply> register(List<Applicant> round) {
        try {
            return transaction.execute(_ -> admit(round));
        } catch (RuntimeException e) {
            return round.size() == 1 ? failed(round.getFirst(), e) : oneByOne(round);
        }
    }

    private Map<RegistrationRequest, RegistrationReply> oneByOne(List<Applicant> round) {
        Map<RegistrationRequest, RegistrationReply> replies = new HashMap<>();
        round.forEach(applicant -> replies.putAll(register(List.of(applicant))));
        return replies;
    }

    private static Map<RegistrationRequest, RegistrationReply> failed(Applicant applicant, RuntimeException failure) {
        if (failure instanceof ProblemException) {
            return Map.of(applicant.request(), refused(failure));
        }
        Optional<String> unstorable = Unstorable.reason(failure);
        if (unstorable.isPresent()) {
            return Map.of(applicant.request(), refused(unstorable.get()));
        }
        if (DatabaseAway.isCauseOf(failure)) {
            throw failure;
        }
        log.error("{} cannot be let in", applicant.address(), failure);
        return Map.of();
    }

    private Map<RegistrationRequest, RegistrationReply> admit(List<Applicant> round) {
        TenantId tenant = round.getFirst().tenant();
        Map<DeviceId, Admission> admissions =
                devices.admit(tenant, round.stream().collect(toMap(Applicant::device, Applicant::newcomer)));
        Map<RegistrationRequest, RegistrationReply> replies = new HashMap<>();
        List<Applicant> admitted = new ArrayList<>();
        for (Applicant applicant : round) {
            switch (admission(admissions, applicant)) {
                case OTHERS ->
                    replies.put(
                            applicant.request(),
                            new RegistrationReply(
                                    Outcome.CONFLICT, "The id belongs to a device that came another way."));
                case DISABLED -> replies.put(applicant.request(), refused("The device is disabled."));
                case NEW, KNOWN, REPEATED, REPLACED -> admitted.add(applicant);
            }
        }
        if (!admitted.isEmpty()) {
            replies.putAll(equip(tenant, admitted, admissions));
        }
        return replies;
    }

    /** Gives devices that are let in what they are to have. */
    private Map<RegistrationRequest, RegistrationReply> equip(
            TenantId tenant, List<Applicant> admitted, Map<DeviceId, Admission> admissions) {
        Set<DeviceId> replaced = admitted.stream()
                .filter(applicant -> admission(admissions, applicant) == Admission.REPLACED)
                .map(Applicant::device)
                .collect(toSet());
        Proven proven = credentials.admitAll(
                tenant, admitted.stream().collect(toMap(Applicant::device, Applicant::proof)), replaced);
        states.begin(
                tenant,
                admitted.stream()
                        .filter(applicant -> applicant.begins(
                                admission(admissions, applicant), proven.newly().contains(applicant.device())))
                        .toList());
        Map<DeviceAddress, Desired> desired = states.now(admitted);
        return admitted.stream()
                .collect(toMap(
                        Applicant::request,
                        applicant -> new RegistrationReply(
                                proven.newly().contains(applicant.device())
                                        ? Outcome.REGISTERED
                                        : Outcome.ALREADY_REGISTERED,
                                null,
                                desired.get(applicant.address()),
                                proven.at())));
    }

    private static Admission admission(Map<DeviceId, Admission> admissions, Applicant applicant) {
        return Objects.requireNonNull(admissions.get(applicant.device()));
    }

    private static RegistrationReply refused(RuntimeException reason) {
        return refused(String.valueOf(reason.getMessage()));
    }

    private static RegistrationReply refused(String reason) {
        return new RegistrationReply(Outcome.REFUSED, reason);
    }
}
