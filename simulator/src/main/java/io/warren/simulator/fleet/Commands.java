package io.warren.simulator.fleet;

import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The commands that a device knows. One that comes a second time, because its answer was late, is answered but not obeyed again. */
final class Commands {

    private static final long MOST_SECONDS = 3_600;

    private final SimulatedDevice device;
    private final RecentIds obeyed = new RecentIds();

    Commands(SimulatedDevice device) {
        this.device = device;
    }

    void obey(String id, String name, JsonNode args) {
        boolean first = obeyed.add(id);
        switch (name) {
            case "identify" -> answer(id, CommandAnswer.succeeded(device.describe()));
            case "set-interval" -> answer(id, setInterval(args.path("seconds").asLong(0)));
            case "reboot" -> {
                if (first) {
                    answer(id, CommandAnswer.accepted());
                    device.restart();
                }
                device.afterwards(() -> answer(id, CommandAnswer.succeeded(Map.of())));
            }
            case "diagnostics" -> {
                if (first) {
                    device.diagnose(args.at("/upload/url").asString(""), answer -> answer(id, answer));
                }
            }
            default -> answer(id, CommandAnswer.rejected("This device has no command " + name));
        }
    }

    private CommandAnswer setInterval(long seconds) {
        if (seconds < 1 || seconds > MOST_SECONDS) {
            return CommandAnswer.rejected("seconds is a number from 1 to " + MOST_SECONDS);
        }
        device.measureEvery(Duration.ofSeconds(seconds));
        return CommandAnswer.succeeded(Map.of("seconds", seconds));
    }

    private void answer(String id, CommandAnswer answer) {
        device.say("commands/" + id, answer);
    }
}
