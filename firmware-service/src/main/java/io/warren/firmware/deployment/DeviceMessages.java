package io.warren.firmware.deployment;

import io.warren.contracts.device.DeviceAddress;
import io.warren.contracts.device.DeviceTopics;
import io.warren.contracts.device.DeviceTopics.UpTopic;
import io.warren.firmware.downlink.DeviceChannel;
import io.warren.firmware.downlink.DeviceErrors;
import io.warren.firmware.status.StatusReader;
import io.warren.firmware.status.StatusReport;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import java.util.List;
import java.util.Map;
import org.springframework.amqp.AmqpRejectAndDontRequeueException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageListener;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Hears devices: {@code up/firmware/next/{rid}} and {@code up/firmware/status}. */
@Component
class DeviceMessages implements MessageListener {

    private static final ProblemKind UNKNOWN_TOPIC =
            new ProblemKind("unknown-topic", HttpStatus.NOT_FOUND, "Nobody reads this topic");
    private static final ProblemKind NOT_BEHIND =
            new ProblemKind("not-behind-gateway", HttpStatus.UNPROCESSABLE_CONTENT, "Not behind this gateway");
    private static final String REQUEST_ID = "[A-Za-z0-9_-]{1,64}";

    private final Jobs jobs;
    private final StatusReader reader;
    private final StatusReports reports;
    private final DeviceChannel channel;
    private final DeviceErrors errors;

    DeviceMessages(Jobs jobs, StatusReader reader, StatusReports reports, DeviceChannel channel, DeviceErrors errors) {
        this.jobs = jobs;
        this.reader = reader;
        this.reports = reports;
        this.channel = channel;
        this.errors = errors;
    }

    @Override
    public void onMessage(Message message) {
        UpTopic topic = topicOf(message);
        try {
            handle(topic, message.getBody());
        } catch (ProblemException problem) {
            errors.tell(topic, problem);
        }
    }

    private void handle(UpTopic topic, byte[] body) {
        DeviceAddress address = topic.address();
        if (!channel.isOpen(topic.route())) {
            throw new ProblemException(NOT_BEHIND, "The device " + address.device() + " does not sit behind this one.");
        }
        List<String> path = topic.path();
        if (path.equals(List.of("firmware", "status"))) {
            StatusReport report = reader.read(body);
            if (!reports.take(address, report)) {
                channel.deliver(address, Job.cancel(report.deployment()), "firmware", "job");
            }
        } else if (path.size() == 3 && path.get(1).equals("next") && path.get(2).matches(REQUEST_ID)) {
            Object answer = jobs.due(address).<Object>map(job -> job).orElse(Map.of());
            channel.deliver(address, answer, "firmware", "next", path.get(2));
        } else {
            throw new ProblemException(UNKNOWN_TOPIC, "Devices say firmware/status and firmware/next/{rid}.");
        }
    }

    /** The broker lets devices publish to their own topics only; that it did is checked all the same. */
    private static UpTopic topicOf(Message message) {
        String key = message.getMessageProperties().getReceivedRoutingKey();
        UpTopic topic = DeviceTopics.parseUp(key == null ? "" : key)
                .orElseThrow(() -> new AmqpRejectAndDontRequeueException("not a topic of a device"));
        Object sender = message.getMessageProperties().getHeader(DeviceTopics.CLIENT_ID_HEADER);
        if (sender == null || !sender.toString().equals(topic.sender().toString())) {
            throw new AmqpRejectAndDontRequeueException("not from the device whose topic it is");
        }
        return topic;
    }
}
