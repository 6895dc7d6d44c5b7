package io.signalbox.agents.hands;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A stand-in for a service that misbehaves once it has read a request. */
final class BrokenStandIn implements AutoCloseable {
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final ServerSocket server;
  private final Manner manner;

  /** What it does instead of answering. */
  enum Manner {
    /** Speaks first, in no protocol the client knows. */
    GREET,
    HANG,
    RESET,
    BABBLE,
    BREAK_OFF
  }

  private BrokenStandIn(ServerSocket server, Manner manner) {
    this.server = server;
    this.manner = manner;
    Thread.ofVirtual().start(this::accept);
  }

  static BrokenStandIn that(Manner manner) {
    try {
      return new BrokenStandIn(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), manner);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  List<String> received() {
    return received;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try {
      if (manner != Manner.GREET) {
        readHead(socket);
      }
      switch (manner) {
        case GREET ->
            socket.getOutputStream().write("220 ready\r\n".getBytes(StandardCharsets.UTF_8));
        case HANG -> {}
        case RESET -> {
          socket.setSoLinger(true, 0);
          socket.close();
        }
        case BABBLE -> say(socket, "what do you want?\r\n\r\n");
        case BREAK_OFF -> say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.close();
  }

  private void readHead(Socket socket) throws IOException {
    var in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    var head = new StringBuilder();
    for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      head.append(line).append('\n');
    }
    received.add(head.toString());
  }

  @Override
  public void close() {
    try {
      server.close();
      for (var socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
