package io.signalbox.journey;

import io.signalbox.journey.Outside.Said;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/** Stands in for the public hosts that the conformance kit calls. */
final class PetStore {
  private static final String PET =
      "{\"id\":%s,\"name\":\"Milou\",\"status\":\"available\",\"photoUrls\":[],\"tags\":[]}";

  private PetStore() {}

  static Outside open() throws IOException {
    return HttpBin.in(Outside.open())
        .on("/v2/pet/findByStatus", _ -> Said.json(200, "[" + PET.formatted(1) + "]"))
        .on(
            "/v2/pet/getPetByName/",
            _ -> Said.json(404, "{\"code\":404,\"message\":\"HTTP 404 Not Found\"}"))
        .on("/v2/pet/", PetStore::pet)
        .on("/v2/swagger.json", _ -> Said.json(200, document()))
        .on("/basic-auth/", PetStore::login);
  }

  /** A definition with the public hosts replaced. */
  static String local(String definition, Outside store) {
    return definition.replaceAll("https://(petstore\\.swagger\\.io|httpbin\\.org)", store.url());
  }

  private static String document() throws IOException {
    try (var in = PetStore.class.getResourceAsStream("pet-store.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Said pet(Outside.Received request) {
    String id = request.path().substring("/v2/pet/".length());
    return id.matches("\\d+")
        ? Said.json(200, PET.formatted(id))
        : Said.json(404, "{\"code\":404,\"message\":\"Pet not found\"}");
  }

  private static Said login(Outside.Received request) {
    String[] parts = request.path().split("/", -1);
    String wanted =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((parts[2] + ":" + parts[3]).getBytes(StandardCharsets.UTF_8));
    return request.header("Authorization").equals(java.util.Optional.of(wanted))
        ? Said.json(200, "{\"authenticated\":true,\"user\":\"" + parts[2] + "\"}")
        : new Said(401, "text/plain", "");
  }
}
