package io.warren.provisioning.offlinebundle;

import org.jspecify.annotations.Nullable;

/** One thing in a bundle. */
public interface BundleRow {

    /** What the answer to an import calls it. */
    String label();

    /** The type of the devices that it lets in, which the registry has to have; absent if it names none. */
    default @Nullable String namedDeviceType() {
        return null;
    }
}
