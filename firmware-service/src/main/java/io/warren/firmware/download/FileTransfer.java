package io.warren.firmware.download;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.springframework.stereotype.Component;

/**
 * Sends a part of a file. Where Tomcat can, it lets the operating system copy from file to socket and frees the thread
 * meanwhile; elsewhere the bytes go through a small buffer.
 */
@Component
class FileTransfer {

    private static final String SENDFILE = "org.apache.tomcat.sendfile.";
    private static final int CHUNK_BYTES = 64 * 1024;

    void send(Path file, ByteRange range, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (Boolean.TRUE.equals(request.getAttribute(SENDFILE + "support")) && range.length() > CHUNK_BYTES) {
            request.setAttribute(SENDFILE + "filename", file.toRealPath().toString());
            request.setAttribute(SENDFILE + "start", range.first());
            request.setAttribute(SENDFILE + "end", range.last() + 1);
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            OutputStream body = response.getOutputStream();
            byte[] chunk = new byte[CHUNK_BYTES];
            long position = range.first();
            while (position <= range.last()) {
                int wanted = (int) Math.min(chunk.length, range.last() - position + 1);
                int read = channel.read(ByteBuffer.wrap(chunk, 0, wanted), position);
                if (read < 0) {
                    throw new IOException("The file is shorter than it was: " + file);
                }
                body.write(chunk, 0, read);
                position += read;
            }
        }
    }
}
