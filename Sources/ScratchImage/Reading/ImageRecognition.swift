import Files
public import SystemPackage

extension ImageSource.Form {
    /// The form of the image at a path, from what is there; nil if it is not an image.
    ///
    /// An archive of `docker save` also holds an OCI layout since docker 25, and counts as docker's.
    public init?(recognizing path: FilePath) {
        if path.isFolder {
            guard path.appending("oci-layout").isFile, path.appending("index.json").isFile else { return nil }
            self = .layout
            return
        }
        guard path.isFile, let store = try? ImageStore(archive: path) else { return nil }
        if (try? store.file("manifest.json")) != nil {
            self = .docker
        } else if (try? store.file("index.json")) != nil {
            self = .archive
        } else {
            return nil
        }
    }
}
