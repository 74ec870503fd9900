package io.warren.provisioning.manifest;

import io.warren.contracts.device.DeviceId;
import io.warren.platform.transfer.Outcome;
import io.warren.platform.transfer.Row;
import io.warren.provisioning.enrollmentgroup.GroupDoors;
import io.warren.provisioning.offlinebundle.BundlePart;
import io.warren.provisioning.offlinebundle.BundleRow;
import io.warren.provisioning.offlinebundle.Delivery;
import io.warren.provisioning.offlinebundle.Result;
import io.warren.provisioning.offlinebundle.Selection;
import jakarta.validation.constraints.NotNull;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Manifests as bundles have them. A row that is gone there stays here until it is taken back. */
@Component
@Order(BundlePart.MANIFESTS)
class BundledManifests implements BundlePart<BundledManifests.BundledRow> {

    private final ManifestRows rows;
    private final GroupDoors groups;
    private final Clock clock;

    BundledManifests(ManifestRows rows, GroupDoors groups, Clock clock) {
        this.rows = rows;
        this.groups = groups;
        this.clock = clock;
    }

    /** A row of a manifest in a bundle. */
    record BundledRow(
            @NotNull String group,
            @NotNull String element,
            @NotNull DeviceId deviceId,
            @Nullable String publicKey,
            @NotNull Map<String, String> attributes)
            implements BundleRow {

        @Override
        public String label() {
            return group + "/" + element;
        }

        /** What it says, checked like a row of an import. */
        Row<String, Entry> checked() {
            Entry.Draft draft = new Entry.Draft();
            draft.element(element);
            draft.device(deviceId.value());
            if (publicKey != null) {
                draft.publicKey(publicKey);
            }
            attributes.forEach(draft::attribute);
            return draft.row(0, 0);
        }
    }

    @Override
    public String name() {
        return "manifestRows";
    }

    @Override
    public Class<BundledRow> type() {
        return BundledRow.class;
    }

    @Override
    public void take(Selection selection, Consumer<BundledRow> taken) {
        if (!selection.manifests()) {
            return;
        }
        for (String group : selection.groups()) {
            ManifestKey manifest = new ManifestKey(selection.tenant(), group);
            List<ManifestRows.Kept> some = rows.after(manifest, "", "", "", AT_ONCE);
            while (!some.isEmpty()) {
                some.forEach(kept -> taken.accept(bundled(kept)));
                some = rows.after(manifest, some.getLast().entry().element(), "", "", AT_ONCE);
            }
        }
    }

    private static BundledRow bundled(ManifestRows.Kept kept) {
        Entry entry = kept.entry();
        return new BundledRow(kept.group(), entry.element(), entry.device(), entry.publicKey(), entry.attributes());
    }

    @Override
    public List<Result> put(Delivery delivery, List<BundledRow> delivered) {
        Map<ManifestKey, Map<String, Entry>> manifests = new LinkedHashMap<>();
        List<@Nullable Result> refusals = new ArrayList<>();
        for (BundledRow row : delivered) {
            refusals.add(refusal(delivery, row, manifests));
        }
        Map<ManifestKey, Map<String, Outcome>> outcomes = new LinkedHashMap<>();
        manifests.forEach((manifest, entries) -> outcomes.put(
                manifest,
                rows.put(
                        manifest, List.copyOf(entries.values()), clock.instant().truncatedTo(ChronoUnit.MICROS))));
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < delivered.size(); i++) {
            BundledRow row = delivered.get(i);
            Result refusal = refusals.get(i);
            results.add(
                    refusal == null
                            ? Result.of(outcomes.getOrDefault(new ManifestKey(delivery.tenant(), row.group()), Map.of())
                                    .getOrDefault(row.element(), Outcome.UNCHANGED))
                            : refusal);
        }
        return results;
    }

    /** Why a row is not taken in; absent if it is, and then its entry is with those of its manifest. */
    private @Nullable Result refusal(
            Delivery delivery, BundledRow row, Map<ManifestKey, Map<String, Entry>> manifests) {
        ManifestKey manifest = new ManifestKey(delivery.tenant(), row.group());
        if (!manifests.containsKey(manifest)) {
            if (delivery.isClosed(row.group())
                    || groups.ofManifest(delivery.tenant(), row.group()).isEmpty()) {
                return Result.refused("Its group was refused, or there is none with a manifest of its id.");
            }
            if (rows.count(manifest) >= ManifestImport.MOST) {
                return Result.refused("A manifest has at most " + ManifestImport.MOST + " rows.");
            }
        }
        Row<String, Entry> checked = row.checked();
        Entry entry = checked.value();
        if (entry == null) {
            return Result.refused(Objects.requireNonNull(checked.refusal()));
        }
        return manifests.computeIfAbsent(manifest, _ -> new LinkedHashMap<>()).putIfAbsent(entry.element(), entry)
                        == null
                ? null
                : Result.refused("The element comes twice.");
    }
}
