package io.warren.registry.messagegateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Duration;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.SMPPSession;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Open sessions with message centres: one of an owner, kept while it is used, and closed when it is idle for a while. */
@Component
class SmppSessions {

    /** Each has a connection and a few threads. */
    private static final int MOST = 50;

    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration BIND = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration ENQUIRE_LINK = Duration.ofSeconds(15);
    private static final int READERS = 1;

    private final Cache<Login, SMPPSession> open = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(IDLE)
            .scheduler(Scheduler.systemScheduler())
            .removalListener((@Nullable Login _, @Nullable SMPPSession session, RemovalCause _) -> close(session))
            .build();
    private final SmppConnections connections;

    SmppSessions(SmppConnections connections) {
        this.connections = connections;
    }

    /** The open session of a login, or a new one; to be asked for by one caller at a time. */
    SMPPSession of(Login login) throws IOException {
        SMPPSession session = open.getIfPresent(login);
        if (session != null && session.getSessionState().isTransmittable()) {
            return session;
        }
        SMPPSession fresh = bind(login);
        open.put(login, fresh);
        return fresh;
    }

    /** Closes a session that has not done what it should; a newer one of the same login stays. */
    void forget(Login login, SMPPSession session) {
        open.asMap().remove(login, session);
    }

    private SMPPSession bind(Login login) throws IOException {
        Smpp smpp = login.smpp();
        SMPPSession session = new SMPPSession(connections.factory(smpp.tls()));
        session.setTransactionTimer(ANSWER.toMillis());
        session.setEnquireLinkTimer((int) ENQUIRE_LINK.toMillis());
        session.setPduProcessorDegree(READERS);
        try {
            session.connectAndBind(
                    smpp.host(),
                    smpp.port(),
                    new BindParameter(
                            BindType.BIND_TX,
                            smpp.systemId(),
                            login.password(),
                            smpp.systemType(),
                            TypeOfNumber.UNKNOWN,
                            NumberingPlanIndicator.UNKNOWN,
                            null,
                            InterfaceVersion.IF_34),
                    BIND.toMillis());
        } catch (IOException e) {
            session.close();
            throw e;
        }
        return session;
    }

    @PreDestroy
    void close() {
        open.asMap().values().forEach(SmppSessions::close);
    }

    /** Beside the caller: saying good-bye to who does not listen takes a while. */
    private static void close(@Nullable SMPPSession session) {
        if (session != null) {
            Thread.startVirtualThread(session::unbindAndClose);
        }
    }

    /**
     * Who binds where.
     *
     * @param owner whose session it is: two owners never share one
     * @param smpp where and as whom
     * @param password the password
     */
    record Login(String owner, Smpp smpp, String password) {

        @Override
        public String toString() {
            return "Login[" + owner + "]";
        }
    }
}
