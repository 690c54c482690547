"""Every sentence a member reads, in her language: gettext catalogues and the choice between them."""
