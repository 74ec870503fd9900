package io.warren.registry.statesync;

import io.warren.contracts.device.DeviceTopics;
import io.warren.contracts.device.DeviceTopics.UpTopic;
import io.warren.platform.database.Unstorable;
import io.warren.platform.downlink.ReplyAddress;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.registry.BatchedMessages;
import io.warren.registry.RegistryProblems;
import io.warren.registry.device.DeviceRoutes;
import io.warren.registry.downlink.DeviceAnswers;
import io.warren.registry.state.DeviceStates;
import io.warren.registry.state.StateReporting;
import io.warren.registry.state.StateReporting.Outcome;
import io.warren.registry.state.StateReporting.Report;
import io.warren.registry.state.VersionedDocument;
import io.warren.registry.statesync.StateRequest.Change;
import io.warren.registry.statesync.StateRequest.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/**
 * Hears what devices say about their state, and answers those who ask. The queue has one reader at a time, and the broker gives
 * it the messages in the order in which it took them; so each device's are taken in in their order.
 */
@Component
class StateListener {

    private final StateReporting reporting;
    private final DeviceStates states;
    private final DeviceAnswers answers;
    private final DeviceRoutes routes;
    private final StateMetrics metrics;

    StateListener(
            StateReporting reporting,
            DeviceStates states,
            DeviceAnswers answers,
            DeviceRoutes routes,
            StateMetrics metrics) {
        this.reporting = reporting;
        this.states = states;
        this.answers = answers;
        this.routes = routes;
        this.metrics = metrics;
    }

    @RabbitListener(queues = "registry.state", containerFactory = BatchedMessages.FACTORY)
    void hear(List<Message> messages) {
        List<Change> changes = new ArrayList<>();
        List<Question> questions = new ArrayList<>();
        for (Message message : messages) {
            read(message).ifPresent(request -> {
                switch (request) {
                    case Change change -> changes.add(change);
                    case Question question -> questions.add(question);
                }
            });
        }
        if (!changes.isEmpty()) {
            List<Outcome> outcomes = note(changes.stream().map(Change::report).toList());
            for (int index = 0; index < outcomes.size(); index++) {
                tell(changes.get(index), outcomes.get(index));
            }
        }
        for (Question question : questions) {
            states.view(question.topic().address())
                    .ifPresent(state -> answers.give(
                            question.reply(),
                            Map.of("desired", brief(state.desired()), "reported", brief(state.reported()))));
        }
        if (messages.getFirst().getMessageProperties().getHeader(StateRequests.ARRIVAL_HEADER)
                instanceof Number arrived) {
            metrics.takenIn(arrived.longValue());
        }
    }

    /** One that the database cannot take, though it should, does not spoil the others. */
    private List<Outcome> note(List<Report> reports) {
        try {
            return reporting.note(reports);
        } catch (DataIntegrityViolationException e) {
            if (reports.size() > 1) {
                return reports.stream()
                        .flatMap(report -> note(List.of(report)).stream())
                        .toList();
            }
            String reason = Unstorable.reason(e).orElseThrow(() -> e);
            return List.of(Outcome.refused(new ProblemException(ProblemKind.INVALID, reason)));
        }
    }

    private Optional<StateRequest> read(Message message) {
        Optional<UpTopic> topic = DeviceTopics.parseUp(
                String.valueOf(message.getMessageProperties().getReceivedRoutingKey()));
        Object sender = message.getMessageProperties().getHeader(DeviceTopics.CLIENT_ID_HEADER);
        if (topic.isEmpty() || !topic.get().sender().toString().equals(sender)) {
            return Optional.empty(); // no device could have sent it
        }
        ReplyAddress reply = null;
        try {
            if (!routes.isOpen(topic.get().route())) {
                throw RegistryProblems.notBehindGateway(topic.get().address());
            }
            reply = ReplyAddress.of(topic.get(), message.getMessageProperties()).orElse(null);
            return Optional.of(StateRequests.read(topic.get(), reply, message));
        } catch (ProblemException e) {
            metrics.reported(StateReporting.Kind.REFUSED);
            answers.refuse(topic.get(), reply, e);
            return Optional.empty();
        }
    }

    private void tell(Change change, Outcome outcome) {
        metrics.reported(outcome.kind());
        ReplyAddress reply = change.reply();
        if (outcome.problem() != null) {
            answers.refuse(change.topic(), reply, outcome.problem());
        } else if (reply != null) {
            answers.give(reply, Map.of("version", outcome.version()));
        }
    }

    private static Map<String, Object> brief(VersionedDocument document) {
        return Map.of("version", document.version(), "state", document.state());
    }
}
