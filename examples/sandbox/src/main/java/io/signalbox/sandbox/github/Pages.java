package io.signalbox.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.signalbox.sandbox.Answer;
import io.signalbox.sandbox.Json;
import io.signalbox.sandbox.Request;
import java.util.List;

/** GitHub's paging by {@code per_page} and {@code page}. */
final class Pages {
  private Pages() {}

  static ArrayNode of(Request request, List<? extends JsonNode> all) {
    int size = size(request);
    ArrayNode list = Json.array();
    all.stream().skip((long) (page(request) - 1) * size).limit(size).forEach(list::add);
    return list;
  }

  /** The page, with a link to the next one where there is one. */
  static Answer answer(Request request, List<? extends JsonNode> all) {
    Answer answer = Answer.json(200, of(request, all));
    int size = size(request);
    int page = page(request);
    if (all.size() <= page * size) {
      return answer;
    }
    String next =
        request.base()
            + "/"
            + String.join("/", request.path())
            + "?per_page="
            + size
            + "&page="
            + (page + 1);
    return answer.with("Link", "<" + next + ">; rel=\"next\"");
  }

  private static int size(Request request) {
    return request.number("per_page", 30, 100);
  }

  private static int page(Request request) {
    return request.number("page", 1, 999_999);
  }
}
