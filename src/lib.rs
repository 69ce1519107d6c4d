//! thidua: the emulation clusters (cụm thi đua) of Vietnam's provinces.
//!
//! ```text
//! main ─▶ app ─▶ resources/*                  (resources never import each other)
//!                  │
//!                  ├─▶ http ──────┬─▶ domain ─▶ entity::{vocab, decimal}
//!                  ├─▶ journal ───┤
//!                  ├─▶ db ────────┤
//!                  ├─▶ files ─────┤
//!                  ├─▶ identity ──┤
//!                  ├─▶ problem ───┘
//!                  └─▶ entity
//! ```

pub mod app;
pub mod chart;
pub mod clock;
pub mod commands;
pub mod db;
pub mod demo;
pub mod domain;
pub mod files;
pub mod http;
pub mod identity;
pub mod journal;
pub mod paper;
pub mod problem;
pub mod reference;
pub mod resources;
pub mod results;
pub mod settings;
pub mod telemetry;
