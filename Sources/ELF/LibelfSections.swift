internal import CLibelf
// elf.h of the C library declares the structures that libelf fills.
internal import Glibc

/// What is found through section headers. They can be stripped or lie: they may explain or warn, never make a file ready.
extension LibelfHandle {
    /// The section headers, up to the first that is malformed.
    func sections() -> [Section] {
        var nameTable = 0
        let hasNames = unsafe elf_getshdrstrndx(elf, &nameTable) == 0
        let names = hasNames ? unsafe data(of: elf_getscn(elf, nameTable)) : nil
        var sections: [Section] = []
        var current = unsafe elf_nextscn(elf, nil)
        while let section = unsafe current, sections.count < 65536 {
            var header = GElf_Shdr()
            guard unsafe gelf_getshdr(section, &header) != nil else { break }
            let isInFile = header.sh_type != UInt32(SHT_NOBITS)
            let name = unsafe Name(
                at: Int(header.sh_name), in: names, limit: LibelfHandle.maximumSectionNameLength
            ).text
            sections.append(
                Section(
                    name: name, type: header.sh_type, size: isInFile ? header.sh_size : 0, offset: header.sh_offset,
                    address: header.sh_addr))
            unsafe current = elf_nextscn(elf, section)
        }
        return sections
    }

    /// The addresses of the wanted symbols that the symbol table (`.symtab`) defines.
    func addresses(ofSymbols wanted: Set<String>) -> [String: UInt64] {
        let beginnings = Set(wanted.compactMap(\.utf8.first))
        var found: [String: UInt64] = [:]
        forEachSymbol(ofType: UInt32(SHT_SYMTAB)) { _, symbol, name in
            guard symbol.st_shndx != 0, let first = name.first, beginnings.contains(first) else { return }
            let name = name.text
            if wanted.contains(name) { found[name] = symbol.st_value }
        }
        return found
    }

    /// What the symbol table says about the entry point; nil if it has no start symbol.
    func symbols(atEntry entry: UInt64) -> EntrySymbols? {
        var start: UInt64?
        var isAtGlobalFunction = false
        forEachSymbol(ofType: UInt32(SHT_SYMTAB)) { _, symbol, name in
            // st_info holds the binding in its upper four bits: 1 is STB_GLOBAL.
            guard symbol.st_shndx != 0, symbol.st_info >> 4 == 1 else { return }
            // Its lower four bits hold the type: 2 is STT_FUNC.
            if symbol.st_value == entry, symbol.st_info & 0xf == 2 { isAtGlobalFunction = true }
            guard name.first == UInt8(ascii: "_") else { return }
            let name = name.text
            if ["_start", "__start"].contains(name) || name.hasPrefix("_rt0_") && name.hasSuffix("_linux") {
                start = symbol.st_value
            }
        }
        return start.map { EntrySymbols(start: $0, isAtGlobalFunction: isAtGlobalFunction) }
    }

    /// The name of the symbol in `.symtab` whose address and size cover an address.
    func symbol(covering address: UInt64) -> String? {
        var found: String?
        forEachSymbol(ofType: UInt32(SHT_SYMTAB)) { _, symbol, name in
            if symbol.st_shndx != 0, address >= symbol.st_value, address - symbol.st_value < symbol.st_size {
                found = name.text
            }
        }
        return found
    }

    /// The undefined symbols of the dynamic symbol table, each with its library if the symbol version names one.
    func importedSymbols() -> [ImportedSymbol] {
        let versions = neededVersions()
        let versionTable = unsafe data(ofFirst: UInt32(bitPattern: SHT_GNU_versym))
        var imported: [ImportedSymbol] = []
        forEachSymbol(ofType: UInt32(SHT_DYNSYM)) { index, symbol, name in
            guard symbol.st_shndx == 0, imported.count < LibelfHandle.maximumImports else { return }
            let name = name.text
            guard !name.isEmpty else { return }
            var version: GElf_Versym = 0
            if let versionTable = unsafe versionTable {
                _ = unsafe gelf_getversym(versionTable, index, &version)
            }
            imported.append(ImportedSymbol(name: name, library: versions[version & 0x7fff]))
        }
        return imported
    }

    /// The library of each symbol version number (`.gnu.version_r`).
    private func neededVersions() -> [GElf_Versym: String] {
        let type = UInt32(bitPattern: SHT_GNU_verneed)
        guard let data = unsafe data(ofFirst: type), let header = header(ofFirst: type) else { return [:] }
        let names = unsafe strings(header.sh_link)
        var versions: [GElf_Versym: String] = [:]
        var offset = 0
        for _ in 0..<min(Int(header.sh_info), 1024) {
            var need = GElf_Verneed()
            guard unsafe gelf_getverneed(data, Int32(clamping: offset), &need) != nil else { break }
            let library = unsafe Name(at: Int(need.vn_file), in: names).text
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

    // These bound the work and the memory that a file can cause. libelf reads tables whole.
    private static let maximumSymbols = 1 << 20
    private static let maximumTableSize = 24 << 20
    private static let maximumNameLength = 1024
    private static let maximumSectionNameLength = 128
    private static let maximumImports = 65536

    private func forEachSymbol(ofType type: UInt32, _ body: (Int32, GElf_Sym, Name) -> Void) {
        guard let data = unsafe data(ofFirst: type), let header = header(ofFirst: type), header.sh_entsize > 0 else {
            return
        }
        let names = unsafe strings(header.sh_link)
        let count = min(Int(clamping: header.sh_size / header.sh_entsize), LibelfHandle.maximumSymbols)
        for index in 0..<count {
            var symbol = GElf_Sym()
            guard unsafe gelf_getsym(data, Int32(index), &symbol) != nil else { return }
            unsafe body(Int32(index), symbol, Name(at: Int(symbol.st_name), in: names))
        }
    }

    /// The data of the string table in a section.
    private func strings(_ section: UInt32) -> UnsafeMutablePointer<Elf_Data>? {
        unsafe data(of: elf_getscn(elf, Int(section)))
    }

    /// A name in a string table, which must outlive it. To make text of each name of a large table takes long.
    @safe private struct Name {
        private let bytes: UnsafeRawBufferPointer

        /// Cuts the name to a limit in bytes. It is empty if it is outside the table.
        init(at offset: Int, in table: UnsafeMutablePointer<Elf_Data>?, limit: Int = maximumNameLength) {
            guard let data = unsafe table?.pointee, let start = unsafe data.d_buf, unsafe offset < data.d_size else {
                unsafe bytes = UnsafeRawBufferPointer(start: nil, count: 0)
                return
            }
            let length = unsafe min(data.d_size - offset, limit)
            unsafe bytes = UnsafeRawBufferPointer(start: start + offset, count: length)
        }

        /// The first byte; nil or NUL in an empty name.
        var first: UInt8? { unsafe bytes.first }

        var text: String { unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }
    }

    private func header(ofFirst type: UInt32) -> GElf_Shdr? {
        var header = GElf_Shdr()
        guard let section = unsafe firstSection(ofType: type), unsafe gelf_getshdr(section, &header) != nil else {
            return nil
        }
        return header
    }

    private func data(ofFirst type: UInt32) -> UnsafeMutablePointer<Elf_Data>? {
        unsafe data(of: firstSection(ofType: type))
    }

    /// The content of a section; nil if there is none, or more than is read.
    private func data(of section: OpaquePointer?) -> UnsafeMutablePointer<Elf_Data>? {
        var header = GElf_Shdr()
        guard let section = unsafe section, unsafe gelf_getshdr(section, &header) != nil,
            header.sh_size <= UInt64(LibelfHandle.maximumTableSize)
        else { return nil }
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
