package io.warren.registry.signin;

import io.warren.registry.background.BackgroundLoop;
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
            TokenSessions.Ended ended = sessions.takeEnded(BATCH);
            ended.devices().forEach(device -> events.publishEvent(new TokenEnded(device)));
            return ended.sessions() == BATCH;
        });
    }
}
