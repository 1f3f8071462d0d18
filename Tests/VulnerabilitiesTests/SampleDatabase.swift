import Files
import SystemPackage
import TestSupport

@testable import Vulnerabilities

/// A database of our own, with an entry for each kind of answer.
enum SampleDatabase {
    /// The part of an entry about one module.
    struct Affected {
        var module = "example.com/lib"
        /// `introduced` and `fixed` in any order, as JSON objects.
        var events = #"{"introduced":"0"},{"fixed":"1.2.0"}"#
        /// JSON objects; nil names no packages.
        var packages: String? = #"{"path":"example.com/lib/codec","symbols":["Decode"]}"#

        var json: String {
            let code = packages.map { #","ecosystem_specific":{"imports":[\#($0)]}"# } ?? ""
            return
                #"{"package":{"name":"\#(module)","ecosystem":"Go"},"ranges":[{"type":"SEMVER","events":[\#(events)]}]\#(code)}"#
        }
    }

    static func entry(_ id: String, _ affected: [Affected], more: String = "") -> String {
        #"{"id":"\#(id)","modified":"2026-01-02T03:04:05Z","aliases":["CVE-\#(id.dropFirst(3))"],"summary":"A fault","#
            + #""details":"More"\#(more),"affected":[\#(affected.map(\.json).joined(separator: ","))]}"#
    }

    /// The documents of a database by their names.
    static func documents(_ entries: [(id: String, affected: [Affected], more: String)]) -> [String: String] {
        var documents = ["index/db.json": #"{"modified":"2026-01-02T03:04:05Z"}"#]
        var modules: [String: [String]] = [:]
        for entry in entries {
            documents["ID/\(entry.id).json"] = self.entry(entry.id, entry.affected, more: entry.more)
            for module in Set(entry.affected.map(\.module)) {
                modules[module, default: []].append(#"{"id":"\#(entry.id)","modified":"2026-01-02T03:04:05Z"}"#)
            }
        }
        let index = modules.sorted { $0.key < $1.key }.map { path, entries in
            #"{"path":"\#(path)","vulns":[\#(entries.joined(separator: ","))]}"#
        }
        documents["index/modules.json"] = "[" + index.joined(separator: ",") + "]"
        return documents
    }

    /// Writes documents into a folder.
    static func write(_ documents: [String: String], to folder: FilePath) throws {
        for (name, text) in documents {
            let path = folder.pushing(FilePath(name))
            try Folder.create(path.removingLastComponent())
            try AtomicFile.write(text.utf8, to: path)
        }
    }
}
