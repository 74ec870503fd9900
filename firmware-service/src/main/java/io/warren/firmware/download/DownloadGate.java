package io.warren.firmware.download;

import io.warren.contracts.device.TenantId;
import java.util.UUID;

/** Says whether a deployment still needs its artifacts; what owns deployments implements it. */
@FunctionalInterface
public interface DownloadGate {

    /** Whether downloads for this deployment are allowed now. */
    boolean isOpen(TenantId tenant, UUID deployment);
}
