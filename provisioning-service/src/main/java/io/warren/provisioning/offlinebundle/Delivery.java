package io.warren.provisioning.offlinebundle;

import io.warren.contracts.device.TenantId;
import io.warren.platform.transfer.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A bundle that is coming in. */
public final class Delivery {

    private final TenantId tenant;
    private final Instant madeAt;
    private final List<String> groups = new ArrayList<>();
    private final Set<String> closed = new HashSet<>();

    Delivery(TenantId tenant, Instant madeAt) {
        this.tenant = tenant;
        this.madeAt = madeAt;
    }

    /** Whose it is from now on. */
    public TenantId tenant() {
        return tenant;
    }

    /** When it was made, by the clock of where it comes from. */
    public Instant madeAt() {
        return madeAt;
    }

    /** The groups in it, as far as they have come. */
    List<String> groups() {
        return List.copyOf(groups);
    }

    /** A group has come. */
    public void open(String group) {
        groups.add(group);
    }

    /** A group was refused: nothing that belongs to it is taken in either. */
    public void close(String group) {
        closed.add(group);
    }

    /** Whether a group was refused. */
    public boolean isClosed(@Nullable String group) {
        return group != null && closed.contains(group);
    }

    /**
     * What is to become of something that is there already: a bundle changes only what a bundle has brought, and an older one not what
     * a newer one has.
     *
     * @param broughtAt when the bundle was made that it was brought by last; absent if it was made here
     * @param isSame whether it is as this bundle says
     * @return empty if this bundle is to change it
     */
    public Optional<Result> settled(@Nullable Instant broughtAt, boolean isSame) {
        if (broughtAt == null) {
            return Optional.of(
                    isSame
                            ? Result.of(Outcome.UNCHANGED)
                            : Result.refused("It was made here, and is different: remove it, or give it another id."));
        }
        if (broughtAt.isAfter(madeAt)) {
            return Optional.of(Result.refused("A newer bundle was imported, made at " + broughtAt + "."));
        }
        return broughtAt.equals(madeAt) ? Optional.of(Result.of(Outcome.UNCHANGED)) : Optional.empty();
    }
}
