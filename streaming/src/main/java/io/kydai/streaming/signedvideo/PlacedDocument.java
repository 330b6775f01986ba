package io.kydai.streaming.signedvideo;

/**
 * A signing document in its file.
 *
 * @param nal the number of its NAL unit, from 0
 * @param seconds of the picture it stands before
 * @param position how many signed NAL units stand before it, which are all that it can be about
 * @param document what it says
 */
record PlacedDocument(int nal, double seconds, int position, SigningDocument document) {
  SigningDocument.Group group() {
    SigningDocument.Group group = document.group();
    if (group == null) {
      throw new IllegalStateException("a document of certificates is about no pictures");
    }
    return group;
  }
}
