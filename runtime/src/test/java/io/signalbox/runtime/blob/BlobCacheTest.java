package io.signalbox.runtime.blob;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import io.signalbox.protocol.blob.Claim;
import org.junit.jupiter.api.Test;

class BlobCacheTest {
  private final BlobCache cache = new BlobCache(100);

  private static Claim claim(int digest, int bytes) {
    return new Claim("d" + digest, bytes);
  }

  @Test
  void theLeastUsedGoesFirstAndTheBoundHolds() {
    cache.put("t", claim(1, 40), IntNode.valueOf(1));
    cache.put("t", claim(2, 40), IntNode.valueOf(2));
    assertThat(cache.get("t", claim(1, 40))).contains(IntNode.valueOf(1));
    cache.put("t", claim(3, 40), IntNode.valueOf(3));
    assertThat(cache.get("t", claim(2, 40))).isEmpty();
    assertThat(cache.get("t", claim(1, 40))).isPresent();
    assertThat(cache.get("t", claim(3, 40))).isPresent();
    assertThat(cache.bytes()).isEqualTo(80);
  }

  @Test
  void aTenantSeesOnlyItsOwn() {
    cache.put("t", claim(1, 40), IntNode.valueOf(1));
    assertThat(cache.get("other", claim(1, 40))).isEmpty();
  }

  @Test
  void whatIsLargerThanAllOrOfUnknownSizeIsNotHeld() {
    cache.put("t", claim(1, 101), IntNode.valueOf(1));
    cache.put("t", claim(2, 0), IntNode.valueOf(2));
    assertThat(cache.get("t", claim(1, 101))).isEmpty();
    assertThat(cache.get("t", claim(2, 0))).isEmpty();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void whatIsPutTwiceCountsOnce() {
    cache.put("t", claim(1, 40), IntNode.valueOf(1));
    cache.put("t", claim(1, 40), IntNode.valueOf(1));
    assertThat(cache.bytes()).isEqualTo(40);
  }
}
