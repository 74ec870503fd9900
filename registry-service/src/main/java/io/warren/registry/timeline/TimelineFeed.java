package io.warren.registry.timeline;

import io.warren.platform.outbox.Outbox;
import java.util.List;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes down what happens in this service, in the transactions in which it happens: no crash can come between the two. */
@Component
class TimelineFeed {

    private final DeviceTimeline timeline;
    private final TimelineNotes notes;

    TimelineFeed(DeviceTimeline timeline, TimelineNotes notes) {
        this.timeline = timeline;
        this.notes = notes;
    }

    @EventListener
    void told(Outbox.Appended told) {
        timeline.write(
                told.events().stream().map(notes::of).flatMap(Optional::stream).toList());
    }

    @EventListener
    void happened(Happened happened) {
        timeline.write(List.of(notes.of(happened)));
    }

    @EventListener
    void happened(Happened.ToMany happened) {
        timeline.write(happened.all().stream().map(notes::of).toList());
    }
}
