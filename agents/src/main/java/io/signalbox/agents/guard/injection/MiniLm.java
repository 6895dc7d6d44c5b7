package io.signalbox.agents.guard.injection;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model that lies in the program: read at its first use and kept, since it takes a moment and
 * some 100 MB. It computes on the calling thread, and only so many at once.
 */
public final class MiniLm implements Embedder {
  private static final Logger LOG = LoggerFactory.getLogger(MiniLm.class);
  private static final Semaphore FREE =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors()));

  private final Map<String, float[]> known;

  /**
   * @param remembered how many texts' vectors are kept
   */
  public MiniLm(int remembered) {
    this.known =
        Collections.synchronizedMap(
            new LinkedHashMap<>(64, 0.75f, true) {
              private static final long serialVersionUID = 1L;

              @Override
              protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
                return size() > remembered;
              }
            });
  }

  /** Read once for the whole program. */
  private static final class Model {
    private static final @Nullable AllMiniLmL6V2QuantizedEmbeddingModel ONE = read();

    private static @Nullable AllMiniLmL6V2QuantizedEmbeddingModel read() {
      try {
        return new AllMiniLmL6V2QuantizedEmbeddingModel();
      } catch (RuntimeException | LinkageError e) {
        LOG.error("the embedding model cannot be read on this machine", e);
        return null;
      }
    }
  }

  @Override
  public float[] of(String text) throws DetectorDown {
    float[] before = known.get(text);
    if (before != null) {
      return before;
    }
    var model = Model.ONE;
    if (model == null) {
      throw new DetectorDown("model-missing", "the embedding model cannot be read");
    }
    FREE.acquireUninterruptibly();
    try {
      float[] vector = model.embed(text).content().vector();
      known.put(text, vector);
      return vector;
    } catch (RuntimeException e) {
      LOG.error("the embedding model failed", e);
      throw new DetectorDown("model-failed", "the embedding model failed");
    } finally {
      FREE.release();
    }
  }
}
