import ArgumentParser

/// Which programs are built for which platforms, and how: what check and matrix have in common.
struct MatrixOptions: ParsableArguments {
    @OptionGroup(title: "Matrix") var platformOptions: PlatformOptions
    @OptionGroup(title: "Build") var build: BuildOptions
    @OptionGroup(title: "Configuration") var configuration: ConfigurationOptions
    @OptionGroup var folder: FolderOptions
}
