package io.warren.registry.deviceexport;

import java.io.IOException;
import java.util.List;

/** Writes what is exported. The answer begins with the first page, so that what fails before is a problem like any other. */
interface ExportWriter {

    void write(List<ExportedDevice> page) throws IOException;
}
