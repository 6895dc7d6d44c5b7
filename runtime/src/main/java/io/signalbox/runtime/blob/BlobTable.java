package io.signalbox.runtime.blob;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.blob.Blob;
import io.signalbox.protocol.blob.Claim;
import io.signalbox.protocol.blob.MissingBlob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table of large values, by tenant and digest. */
final class BlobTable {
  // what is there already gets young again, so that its collection waits for the reference to come
  private static final String KEEP =
      """
      insert into blob (tenant, digest, bytes, content) values (?, ?, ?, ?)
      on conflict (tenant, digest) do update set stored_at = now()
        where blob.stored_at < now() - interval '1 minute'
      """;
  private static final String FETCH =
      "select digest, content from blob where tenant = ? and digest = any (?)";

  private BlobTable() {}

  static void keep(Connection connection, String tenant, Collection<Blob> blobs)
      throws SQLException {
    // always in the same order, or two writers of the same values could wait for each other
    List<Blob> ordered =
        blobs.stream().sorted(Comparator.comparing(blob -> blob.claim().digest())).toList();
    for (Blob blob : ordered) {
      try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
        statement.setString(1, tenant);
        statement.setString(2, blob.claim().digest());
        statement.setLong(3, blob.claim().bytes());
        statement.setBytes(4, blob.content());
        statement.executeUpdate();
      }
    }
  }

  static Map<Claim, JsonNode> fetch(Connection connection, String tenant, Set<Claim> claims)
      throws SQLException {
    Map<String, Claim> wanted =
        claims.stream().collect(Collectors.toMap(Claim::digest, Function.identity(), (a, _) -> a));
    Map<Claim, JsonNode> found = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(FETCH)) {
      Array digests = connection.createArrayOf("text", wanted.keySet().toArray());
      statement.setString(1, tenant);
      statement.setArray(2, digests);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Claim claim = wanted.get(rows.getString(1));
          if (claim != null) {
            found.put(claim, Json.MAPPER.readTree(rows.getBytes(2)));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Claim claim : claims) {
      if (!found.containsKey(claim)) {
        throw new MissingBlob(claim);
      }
    }
    return found;
  }
}
