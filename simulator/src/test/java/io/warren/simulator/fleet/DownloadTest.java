package io.warren.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DownloadTest {

    private final FileServer server = new FileServer();
    private final HttpClient http = HttpClient.newHttpClient();

    DownloadTest() throws IOException {}

    @AfterEach
    void close() {
        server.close();
        http.close();
    }

    @Test
    void aWholeDownloadIsGenuine() throws Exception {
        Download download = new Download(http, server.artifact());

        download.proceed(Long.MAX_VALUE, _ -> {});

        assertThat(download.isComplete()).isTrue();
        assertThat(download.isGenuine()).isTrue();
    }

    @Test
    void aCutDownloadGoesOnWhereItStopped() throws Exception {
        Download download = new Download(http, server.artifact());

        download.proceed(FileServer.SIZE / 2, _ -> {});
        assertThat(download.isComplete()).isFalse();
        download.proceed(Long.MAX_VALUE, _ -> {});

        assertThat(server.ranges()).containsExactly("", "bytes=50000-");
        assertThat(download.isGenuine()).isTrue();
    }

    @Test
    void aFileThatChangedMeanwhileIsFetchedFromItsBeginning() throws Exception {
        Download download = new Download(http, server.artifact());
        download.proceed(FileServer.SIZE / 2, _ -> {});
        server.change();
        FirmwareJob.Artifact changed = server.artifact();

        download.proceed(Long.MAX_VALUE, _ -> {});

        assertThat(download.isComplete()).isTrue();
        assertThat(download.isGenuine()).as("the old checksum").isFalse();
        Download again = new Download(http, changed);
        again.proceed(Long.MAX_VALUE, _ -> {});
        assertThat(again.isGenuine()).isTrue();
    }

    @Test
    void aRefusalIsAFailure() {
        Download download = new Download(http, server.missing());

        assertThatThrownBy(() -> download.proceed(Long.MAX_VALUE, _ -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("404");
    }
}
