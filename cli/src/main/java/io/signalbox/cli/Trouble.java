package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Something that went wrong, told so that the reader knows what, where, and what to do. */
public final class Trouble extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final List<String> places;
  private final String advice;

  private Trouble(int status, String what, List<String> places, String advice) {
    super(what);
    this.status = status;
    this.places = List.copyOf(places);
    this.advice = advice;
  }

  /** A trouble on this side. */
  public static Trouble here(String what, String advice) {
    return new Trouble(0, what, List.of(), advice);
  }

  /** What the server's problem document says; {@code body} may be anything. */
  static Trouble answered(int status, JsonNode body, String asked) {
    String title = body.path("title").asText("The server answered " + status);
    String detail = body.path("detail").asText("");
    List<String> places = new ArrayList<>();
    for (JsonNode error : body.path("errors")) {
      String pointer = error.path("pointer").asText();
      places.add(
          (pointer.isEmpty() ? "(all of it)" : pointer) + "  " + error.path("message").asText());
    }
    String what = detail.isEmpty() ? title : title + ": " + detail;
    return new Trouble(status, what + " (" + status + ", " + asked + ")", places, advice(status));
  }

  /** The HTTP status, or 0 where no server answered. */
  public int status() {
    return status;
  }

  String what() {
    return String.valueOf(getMessage());
  }

  List<String> places() {
    return places;
  }

  String advice() {
    return advice;
  }

  private static String advice(int status) {
    return switch (status) {
      case 401 ->
          "give a valid key: SIGNALBOX_KEY=..., or --data with the folder that holds admin.key";
      case 403 -> "use a key whose owner has the role that this needs";
      case 404 -> "check the name; `signalbox runs` and `signalbox approvals` list what is there";
      case 409 -> "look at its present state; it has moved on";
      case 400, 422 -> "mend what is named above and send it again";
      case 413 -> "send less at once";
      case 429, 503 -> "try again in a moment";
      default -> "see the server's log: `signalbox logs`";
    };
  }
}
