package io.signalbox.runtime.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {
  @Test
  void theFirstGoesAloneAndTheRestTogether() {
    Batches<String> batches = new Batches<>(10, 1, String::length);
    batches.add("a");
    assertThat(batches.next()).containsExactly("a");
    batches.add("b");
    batches.add("c");
    assertThat(batches.next()).isEmpty();
    assertThat(batches.held()).isEqualTo(3);
    batches.done(List.of("a"));
    assertThat(batches.next()).containsExactly("b", "c");
  }

  @Test
  void aBatchIsNoLargerThanItMayBeUnlessOneItemIs() {
    Batches<String> batches = new Batches<>(3, 2, String::length);
    List.of("aa", "bb", "cccccc").forEach(batches::add);
    assertThat(batches.next()).containsExactly("aa");
    assertThat(batches.next()).containsExactly("bb");
    assertThat(batches.next()).isEmpty();
    batches.done(List.of("bb"));
    assertThat(batches.next()).containsExactly("cccccc");
  }
}
