package io.warren.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.warren.registry.Api;
import io.warren.registry.RegistryTest;
import io.warren.testing.backing.TestTokens;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@RegistryTest
class CommandWaitingTest {

    private static final int MOST = 20;

    @Autowired
    TestTokens tokens;

    @LocalServerPort
    int port;

    @Test
    void aTenantThatWaitsALotIsToldToComeBackAndTheOthersWait() {
        Api busy = tenantWithADevice();
        Api calm = tenantWithADevice();

        List<CompletableFuture<Api.Answer>> busyAnswers =
                IntStream.rangeClosed(0, MOST).mapToObj(_ -> waiting(busy)).toList();
        CompletableFuture<Api.Answer> calmAnswer = waiting(calm);

        assertThat(calmAnswer.join().status()).isEqualTo(504);
        List<Api.Answer> refused = busyAnswers.stream()
                .map(CompletableFuture::join)
                .filter(answer -> answer.status() == 503)
                .toList();
        assertThat(refused).hasSize(1);
        assertThat(refused.getFirst().problem()).isEqualTo("unavailable");
        assertThat(refused.getFirst().headers().firstValue("Retry-After")).isPresent();
        assertThat(busy.get("/api/v1/devices/pump/commands").json().at("/items"))
                .as("whoever is refused has given no command")
                .hasSize(MOST);
        assertThat(waiting(busy).join().status())
                .as("the places are free again")
                .isEqualTo(504);
    }

    private static CompletableFuture<Api.Answer> waiting(Api api) {
        return CompletableFuture.supplyAsync(
                () -> api.post("/api/v1/devices/pump/commands?wait=4", "{\"name\":\"reboot\"}"),
                Thread::startVirtualThread);
    }

    private Api tenantWithADevice() {
        Api api = Api.asPlatformAdmin(port, tokens)
                .withTenant("w-" + UUID.randomUUID().toString().substring(0, 8));
        api.put("/api/v1/devices/pump", "{}");
        return api;
    }
}
