package io.kydai.streaming.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.streaming.evidence.EvidenceFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a check reads of a signed document: a manifest of an alert's evidence, or the record of a
 * deletion.
 *
 * @param link its place in the chain
 * @param key the fingerprint of the key that signed it
 * @param alert the alert's id
 * @param index 1 for an alert's first manifest, and so on; 0 for a deletion
 * @param files the files that it lists
 * @param removed the links that left with deleted evidence
 */
record Manifest(
    Link link, String key, String alert, int index, List<Entry> files, List<Link> removed) {
  private static final ObjectMapper JSON = new ObjectMapper();

  Manifest {
    files = List.copyOf(files);
    removed = List.copyOf(removed);
  }

  /**
   * A place in the chain.
   *
   * @param number 1, 2, 3 … over all alerts of a node
   * @param sha256 of the document's bytes
   * @param previous that of the document with the number before; 64 zeros for number 1
   */
  record Link(long number, String sha256, String previous) {}

  /**
   * A file.
   *
   * @param block the size of a block in bytes
   * @param blocks the digests of its blocks; none where they are not known
   */
  record Entry(String name, long size, String sha256, int block, List<String> blocks) {}

  /**
   * Reads a document.
   *
   * @throws IOException when it is not one
   */
  static Manifest read(byte[] bytes) throws IOException {
    JsonNode json = JSON.readTree(bytes);
    if (json == null || !json.path("number").canConvertToLong()) {
      throw new IOException("it is not a manifest");
    }
    List<Entry> files = new ArrayList<>();
    for (JsonNode file : json.path("files")) {
      List<String> blocks = new ArrayList<>();
      file.path("blocks").forEach(block -> blocks.add(block.asText()));
      int block = file.path("blockSize").asInt(FileDigests.BLOCK);
      if (block < 1 || block > 1 << 24) {
        throw new IOException("a size of blocks that is out of range");
      }
      String name = file.path("name").asText();
      if (!EvidenceFolder.isName(name)) {
        throw new IOException("a name that no file of evidence has");
      }
      files.add(
          new Entry(name, file.path("size").asLong(), file.path("sha256").asText(), block, blocks));
    }
    List<Link> removed = new ArrayList<>();
    for (JsonNode link : json.path("removed")) {
      removed.add(
          new Link(
              link.path("number").asLong(),
              link.path("sha256").asText(),
              link.path("previous").asText()));
    }
    return new Manifest(
        new Link(json.path("number").asLong(), Sha256.hex(bytes), json.path("previous").asText()),
        json.path("key").asText(),
        json.path("alert").path("id").asText(),
        json.path("index").asInt(),
        files,
        removed);
  }
}
