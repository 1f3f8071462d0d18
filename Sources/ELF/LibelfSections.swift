internal import CLibelf

/// What the section headers lead to. They may be stripped or lie: it explains, and decides nothing.
extension LibelfHandle {
    /// The section headers, up to the first that is broken.
    func sections() -> [Section] {
        var nameTable = 0
        guard unsafe elf_getshdrstrndx(elf, &nameTable) == 0 else { return [] }
        var sections: [Section] = []
        var current = unsafe elf_nextscn(elf, nil)
        while let section = unsafe current, sections.count < 65536 {
            var header = GElf_Shdr()
            guard unsafe gelf_getshdr(section, &header) != nil else { break }
            let name = unsafe elf_strptr(elf, nameTable, Int(header.sh_name)).map { unsafe String(cString: $0) }
            let isInFile = header.sh_type != UInt32(SHT_NOBITS)
            sections.append(Section(name: name ?? "", type: header.sh_type, size: isInFile ? header.sh_size : 0))
            unsafe current = elf_nextscn(elf, section)
        }
        return sections
    }

    /// The names that the symbol table (`.symtab`) defines, out of those asked for.
    func definedSymbols(among wanted: Set<String>) -> Set<String> {
        var found: Set<String> = []
        forEachSymbol(ofType: UInt32(SHT_SYMTAB)) { _, symbol, name in
            if symbol.st_shndx != 0, wanted.contains(name) { found.insert(name) }
        }
        return found
    }

    /// The symbols that the dynamic symbol table leaves to others, with the library of each where a version names it.
    func importedSymbols() -> [ImportedSymbol] {
        let versions = neededVersions()
        let versionTable = unsafe data(ofFirst: UInt32(bitPattern: SHT_GNU_versym))
        var imported: [ImportedSymbol] = []
        forEachSymbol(ofType: UInt32(SHT_DYNSYM)) { index, symbol, name in
            guard symbol.st_shndx == 0, !name.isEmpty else { return }
            var version: GElf_Versym = 0
            if let versionTable = unsafe versionTable {
                _ = unsafe gelf_getversym(versionTable, index, &version)
            }
            imported.append(ImportedSymbol(name: name, library: versions[version & 0x7fff]))
        }
        return imported
    }

    /// The library that each version number of the file stands for (`.gnu.version_r`).
    private func neededVersions() -> [GElf_Versym: String] {
        let type = UInt32(bitPattern: SHT_GNU_verneed)
        guard let data = unsafe data(ofFirst: type), let header = header(ofFirst: type) else { return [:] }
        var versions: [GElf_Versym: String] = [:]
        var offset = 0
        for _ in 0..<min(Int(header.sh_info), 1024) {
            var need = GElf_Verneed()
            guard unsafe gelf_getverneed(data, Int32(clamping: offset), &need) != nil else { break }
            let library = string(at: UInt64(need.vn_file), inTable: header.sh_link)
            var inner = offset + Int(need.vn_aux)
            for _ in 0..<min(Int(need.vn_cnt), 1024) {
                var auxiliary = GElf_Vernaux()
                guard unsafe gelf_getvernaux(data, Int32(clamping: inner), &auxiliary) != nil else { break }
                versions[auxiliary.vna_other & 0x7fff] = library
                guard auxiliary.vna_next > 0 else { break }
                inner += Int(auxiliary.vna_next)
            }
            guard need.vn_next > 0 else { break }
            offset += Int(need.vn_next)
        }
        return versions
    }

    /// At most this many symbols are looked at: a bound on the work that a file can ask for.
    private static let maximumSymbols = 4 << 20

    private func forEachSymbol(ofType type: UInt32, _ body: (Int32, GElf_Sym, String) -> Void) {
        guard let data = unsafe data(ofFirst: type), let header = header(ofFirst: type), header.sh_entsize > 0 else {
            return
        }
        let count = min(Int(clamping: header.sh_size / header.sh_entsize), LibelfHandle.maximumSymbols)
        for index in 0..<count {
            var symbol = GElf_Sym()
            guard unsafe gelf_getsym(data, Int32(index), &symbol) != nil else { return }
            body(Int32(index), symbol, string(at: UInt64(symbol.st_name), inTable: header.sh_link) ?? "")
        }
    }

    private func string(at offset: UInt64, inTable table: UInt32) -> String? {
        unsafe elf_strptr(elf, Int(table), Int(offset)).map { unsafe String(cString: $0) }
    }

    private func header(ofFirst type: UInt32) -> GElf_Shdr? {
        var header = GElf_Shdr()
        guard let section = unsafe firstSection(ofType: type), unsafe gelf_getshdr(section, &header) != nil else {
            return nil
        }
        return header
    }

    private func data(ofFirst type: UInt32) -> UnsafeMutablePointer<Elf_Data>? {
        guard let section = unsafe firstSection(ofType: type) else { return nil }
        return unsafe elf_getdata(section, nil)
    }

    private func firstSection(ofType type: UInt32) -> OpaquePointer? {
        var current = unsafe elf_nextscn(elf, nil)
        while let section = unsafe current {
            var header = GElf_Shdr()
            if unsafe gelf_getshdr(section, &header) != nil, header.sh_type == type { return unsafe section }
            unsafe current = elf_nextscn(elf, section)
        }
        return nil
    }
}
