package io.warren.gateway.device;

import io.warren.contracts.registry.SignInAnswer;
import io.warren.contracts.registry.SignInQuestion;
import io.warren.gateway.token.InternalTokens;
import io.warren.platform.problem.ProblemException;
import io.warren.platform.problem.ProblemKind;
import io.warren.platform.security.Role;
import io.warren.platform.trace.TraceContext;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Asks the registry whether who claims to be a device is it. */
@Component
class RegistrySignIn {

    private static final Logger log = LoggerFactory.getLogger(RegistrySignIn.class);
    private static final String SUBJECT = "gateway";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final RestClient registry;
    private final InternalTokens tokens;
    private final Semaphore room;

    RegistrySignIn(DeviceSignInProperties properties, InternalTokens tokens) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(properties.timeout())
                .build());
        requests.setReadTimeout(properties.timeout());
        this.registry = RestClient.builder()
                .baseUrl(properties.registry())
                .requestFactory(requests)
                .build();
        this.tokens = tokens;
        this.room = new Semaphore(properties.mostQuestions());
    }

    /**
     * Asks.
     *
     * @throws ProblemException of kind {@link ProblemKind#UNAVAILABLE} if the registry does not say
     */
    SignInAnswer ask(SignInQuestion question) {
        if (!room.tryAcquire()) {
            throw away("Too many devices are signing in at the moment.");
        }
        SignInAnswer answer;
        try {
            answer = send(question);
        } catch (RestClientException e) {
            log.warn("The registry does not judge a device's sign-in: {}", e.getMessage());
            answer = null;
        } finally {
            room.release();
        }
        if (answer == null) {
            throw away("The registry, which knows the device, does not answer.");
        }
        return answer;
    }

    private @Nullable SignInAnswer send(SignInQuestion question) {
        return registry.post()
                .uri(SignInQuestion.PATH)
                .headers(headers -> {
                    headers.setBearerAuth(tokens.mint(SUBJECT, null, Role.GATEWAY));
                    TraceContext trace = TraceContext.current();
                    if (trace != null) {
                        headers.set(TraceContext.HEADER, trace.child().traceparent());
                    }
                })
                .contentType(MediaType.APPLICATION_JSON)
                .body(question)
                .retrieve()
                .body(SignInAnswer.class);
    }

    private static ProblemException away(String detail) {
        return new ProblemException(ProblemKind.UNAVAILABLE, detail, RETRY_AFTER);
    }
}
