package io.warren.provisioning.enrollmentgroup;

import io.warren.contracts.device.DeviceId;
import io.warren.platform.transfer.Outcome;
import io.warren.platform.web.CleanText;
import io.warren.provisioning.offlinebundle.BundlePart;
import io.warren.provisioning.offlinebundle.BundleRow;
import io.warren.provisioning.offlinebundle.Delivery;
import io.warren.provisioning.offlinebundle.Result;
import io.warren.provisioning.offlinebundle.Selection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Deny lists as bundles have them. Who is on the list of the site stays on it. */
@Component
@Order(BundlePart.DENIALS)
class BundledDenials implements BundlePart<BundledDenials.Row> {

    private final DenyList denied;
    private final EnrollmentGroupRepository groups;

    BundledDenials(DenyList denied, EnrollmentGroupRepository groups) {
        this.denied = denied;
        this.groups = groups;
    }

    /** A device that is not let in. */
    record Row(
            @NotNull String group,
            @NotNull DeviceId registrationId,
            @Nullable @CleanText @Size(max = 256) String reason)
            implements BundleRow {

        @Override
        public String label() {
            return group + "/" + registrationId;
        }
    }

    @Override
    public String name() {
        return "denied";
    }

    @Override
    public Class<Row> type() {
        return Row.class;
    }

    @Override
    public void take(Selection selection, Consumer<Row> rows) {
        for (String group : selection.groups()) {
            List<DenyList.Denied> some = denied.after(selection.tenant(), group, "", AT_ONCE);
            while (!some.isEmpty()) {
                some.forEach(each -> rows.accept(new Row(group, new DeviceId(each.registrationId()), each.reason())));
                some = denied.after(selection.tenant(), group, some.getLast().registrationId(), AT_ONCE);
            }
        }
    }

    @Override
    public List<Result> put(Delivery delivery, List<Row> rows) {
        return rows.stream().map(row -> put(delivery, row)).toList();
    }

    private Result put(Delivery delivery, Row row) {
        if (delivery.isClosed(row.group())
                || !groups.existsById(new EnrollmentGroupKey(delivery.tenant().value(), row.group()))) {
            return Result.refused("Its group was refused, or is not there.");
        }
        Optional<DenyList.Denied> before = denied.find(delivery.tenant(), row.group(), row.registrationId());
        if (before.isPresent() && Objects.equals(before.get().reason(), row.reason())) {
            return Result.of(Outcome.UNCHANGED);
        }
        denied.add(delivery.tenant(), row.group(), row.registrationId(), row.reason());
        return Result.of(before.isPresent() ? Outcome.UPDATED : Outcome.CREATED);
    }
}
