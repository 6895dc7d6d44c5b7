package io.signalbox.bench.kit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept-alive HTTP/1.1 connection, one request at a time. It costs far less than a full client,
 * so that on a small machine what is measured is the server.
 */
public final class Wire implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 120_000;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final String host;
  private final String headers;

  /** A whole answer. */
  public record Answer(int status, String body) {}

  private Wire(URI server, String headers) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), PATIENCE_MILLIS);
    this.in = new BufferedInputStream(socket.getInputStream(), 16_384);
    this.host = server.getHost() + ":" + server.getPort();
    this.headers = headers;
  }

  /** Connects; {@code headers} go with every request, each ended by CR LF. */
  public static Wire open(URI server, String headers) throws IOException {
    return new Wire(server, headers);
  }

  public Answer post(String path, String body, String type) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return send(
        "POST " + path,
        "Content-Type: " + type + "\r\nContent-Length: " + bytes.length + "\r\n",
        bytes);
  }

  public Answer put(String path, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return send(
        "PUT " + path,
        "Content-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n",
        bytes);
  }

  public Answer get(String path) throws IOException {
    return send("GET " + path, "", new byte[0]);
  }

  private Answer send(String line, String more, byte[] body) throws IOException {
    byte[] head =
        (line + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + more + "\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = new byte[head.length + body.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    socket.getOutputStream().write(whole);
    return answer();
  }

  private Answer answer() throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    int length = 0;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(15).strip());
      } else if (lower.startsWith("transfer-encoding:") && lower.contains("chunked")) {
        chunked = true;
      }
    }
    return new Answer(status, chunked ? chunks() : text(length));
  }

  private String chunks() throws IOException {
    StringBuilder body = new StringBuilder();
    for (int size = size(); size > 0; size = size()) {
      body.append(text(size));
      line();
    }
    line();
    return body.toString();
  }

  private int size() throws IOException {
    return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
  }

  private String text(int length) throws IOException {
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new IOException("the server hung up within an answer");
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the server hung up");
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
