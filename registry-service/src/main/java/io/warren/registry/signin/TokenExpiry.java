package io.warren.registry.signin;

import io.warren.contracts.device.DeviceAddress;
import io.warren.registry.background.BackgroundLoop;
import io.warren.registry.device.AccessChanged;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Sends devices away whose token has ended: the broker looks at what they showed only when they connect. */
@Component
class TokenExpiry extends BackgroundLoop {

    private static final int BATCH = 100;

    private final TokenSessions sessions;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;

    TokenExpiry(TokenSessions sessions, ApplicationEventPublisher events, TransactionTemplate transaction) {
        this.sessions = sessions;
        this.events = events;
        this.transaction = transaction;
    }

    @Override
    protected boolean workOff() {
        return transaction.execute(_ -> {
            List<DeviceAddress> ended = sessions.takeEnded(BATCH);
            ended.forEach(device -> events.publishEvent(new AccessChanged(device, true)));
            return ended.size() == BATCH;
        });
    }
}
