package io.warren.provisioning.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class DrawTest {

    private static final int DEVICES = 20_000;
    private static final Map<String, Integer> NINE_TO_ONE = Map.of("here", 9, "test", 1);

    @Test
    void eachIsChosenAsOftenAsItsWeightSays() {
        Random random = new Random(17);
        assertThat(share("test", _ -> Draw.byChance(NINE_TO_ONE, random))).isCloseTo(0.1, within(0.01));
        assertThat(share("test", device -> Draw.byHash(NINE_TO_ONE, device))).isCloseTo(0.1, within(0.01));
    }

    @Test
    void aWeightOfZeroIsNeverChosen() {
        Map<String, Integer> weights = Map.of("here", 1, "test", 0);
        assertThat(share("test", _ -> Draw.byChance(weights, new Random()))).isZero();
        assertThat(share("test", device -> Draw.byHash(weights, device))).isZero();
    }

    @Test
    void byHashADeviceIsAlwaysGivenTheSame() {
        for (int i = 0; i < 100; i++) {
            String device = "pump-" + i + "@acme";
            assertThat(Draw.byHash(new HashMap<>(NINE_TO_ONE), device)).isEqualTo(Draw.byHash(NINE_TO_ONE, device));
        }
    }

    @Test
    void whenATargetComesDevicesMoveToItAndNowhereElse() {
        Map<String, Integer> before = Map.of("here", 2, "test", 1);
        Map<String, Integer> after = Map.of("here", 2, "test", 1, "new", 1);
        int moved = 0;
        for (int i = 0; i < DEVICES; i++) {
            String device = "pump-" + i + "@acme";
            String now = Draw.byHash(after, device);
            if (!now.equals(Draw.byHash(before, device))) {
                assertThat(now).isEqualTo("new");
                moved++;
            }
        }
        assertThat(moved / (double) DEVICES).isCloseTo(0.25, within(0.02));
    }

    @Test
    void theHashIsForAllTimeTheSame() {
        assertThat(Draw.byHash(Map.of("a", 1, "b", 1, "c", 1), "pump-17@acme"))
                .isEqualTo(Draw.byHash(Map.of("c", 1, "b", 1, "a", 1), "pump-17@acme"));
    }

    private static double share(String name, Function<String, String> choice) {
        int chosen = 0;
        for (int i = 0; i < DEVICES; i++) {
            if (choice.apply("pump-" + i + "@acme").equals(name)) {
                chosen++;
            }
        }
        return chosen / (double) DEVICES;
    }
}
