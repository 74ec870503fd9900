package io.warren.telemetry.body;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What is refused of a batch: the first few elements each with its reason, the others by their number. */
final class Refusals {

    /** A small message can hold a thousand bad elements: enough are named to find what is wrong, and no more are kept. */
    private static final int MOST_NAMED = 20;

    private final List<Refusal> named = new ArrayList<>();
    private int further;

    /** Adds the refusal of an element, which is made only if it is to be kept. */
    void add(Supplier<Refusal> refusal) {
        if (named.size() < MOST_NAMED) {
            named.add(refusal.get());
        } else {
            further++;
        }
    }

    /** The refusals, in order, of a batch that came in a body. */
    List<Refusal> of(byte[] body) {
        List<Refusal> all = new ArrayList<>(named);
        if (further > 0) {
            all.add(Refusal.ofFurther(further, body));
        }
        return all;
    }
}
