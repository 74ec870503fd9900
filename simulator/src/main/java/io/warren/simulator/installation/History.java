package io.warren.simulator.installation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Warren has stored of one stream of one device, read back as an integrator does. */
public final class History {

    private static final int MOST_ITEMS = 500;

    private final RestApi api;
    private final String path;

    public History(RestApi api, String device, String stream) {
        this.api = api;
        this.path = "/api/v1/devices/%s/telemetry?stream=%s".formatted(device, stream);
    }

    /**
     * A stored measurement.
     *
     * @param ts the device's time
     * @param seq the device's count
     */
    public record Item(Instant ts, long seq) {}

    private record Page(List<Item> items, @Nullable String next) {}

    /** The newest measurement, if there is one. */
    public Optional<Item> newest() throws IOException, InterruptedException {
        return api.get(path + "&sort=-ts&limit=1", Page.class).items().stream().findFirst();
    }

    /** Everything measured at or after this time, oldest first. */
    public List<Item> since(Instant from) throws IOException, InterruptedException {
        List<Item> items = new ArrayList<>();
        String first = path + "&limit=" + MOST_ITEMS + "&from=" + from;
        Page page = api.get(first, Page.class);
        items.addAll(page.items());
        while (page.next() != null) {
            page = api.get(first + "&cursor=" + URLEncoder.encode(page.next(), UTF_8), Page.class);
            items.addAll(page.items());
        }
        return items;
    }
}
