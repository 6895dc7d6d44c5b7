package io.signalbox.agents.model;

import dev.langchain4j.model.chat.ChatModel;

/** Opens one provider's chat model for one request. */
@FunctionalInterface
interface ChatDoor {
  ChatModel open(ProviderSettings settings, Wire wire, ModelRequest request);
}
