package io.warren.provisioning.tenant;

import io.warren.contracts.device.TenantId;
import io.warren.contracts.registry.TenantEvent;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.stereotype.Component;

/** Hears of tenants that went; hearing of one again changes nothing. */
@Component
class TenantListener {

    private final TenantRemoval removal;

    TenantListener(TenantRemoval removal) {
        this.removal = removal;
    }

    @RabbitListener(queues = "provisioning.tenants")
    void hear(TenantEvent deleted) {
        removal.remove(new TenantId(deleted.tenant()));
    }
}
